"""Revisions appended to a PDF: one with the agent's signature to come, one with validation material and the employer's seal to come.

Pure functions of bytes, without keys and without network: they run in the pool's processes. What signs, signs a digest elsewhere
(`cms`), and `filled` puts the result into the place that was left for it.
"""

import binascii
import io
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.backend.documents.look import add_look

if TYPE_CHECKING:
    from pyhanko.stamp import BaseStampStyle

RESERVED = 24_000
"""Bytes of the hex string in /Contents: 12 kB of CMS, twice what a signature with its time stamp and chains takes."""


@dataclass(frozen=True)
class ToSign:
    """A PDF whose last revision waits for its signature. `start` and `end` enclose the place, angle brackets included."""

    pdf: bytes
    digest: bytes
    """SHA-256 over the ByteRange."""
    start: int
    end: int


@dataclass(frozen=True)
class Signer:
    field: str
    name: str
    reason: str
    location: str
    at: datetime
    appearance: bytes | None
    """A one-page PDF, or None: an invisible signature."""
    certify: bool
    """The first signature: only form filling, further signatures and validation material may follow (DocMDP level 2)."""


@dataclass(frozen=True)
class Material:
    """What a validator needs years from now (PAdES B-LT): certificates and CRLs, DER."""

    certificates: list[bytes]
    crls: list[bytes]


def to_sign(pdf: bytes, signer: Signer, material: Material | None = None) -> ToSign:
    """`pdf` with one revision more. `material` goes into the same revision, so the signature covers it too. Errors: ValueError."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigAppearanceSetup, SigIOSetup, SigMDPSetup, SigObjSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    class _Writer(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """What the document says of itself stays as it was signed; the library would write a new modification date and its own name."""

    try:
        writer = _Writer(io.BytesIO(pdf))
        if material is not None:
            _add_material(writer, material)
        embedding = PdfCMSEmbedder().write_cms(signer.field, writer)
        next(embedding)
        placeholder = SignatureObject(
            timestamp=signer.at,
            subfilter=SigSeedSubFilter.PADES,
            name=signer.name,
            reason=signer.reason,
            location=signer.location,
            bytes_reserved=RESERVED,
        )
        permissions = SigMDPSetup("sha256", certify=signer.certify, docmdp_perms=MDPPerm.FILL_FORMS if signer.certify else None)
        look = SigAppearanceSetup(_style(signer.appearance), signer.at, signer.name) if signer.appearance is not None else None
        embedding.send(SigObjSetup(placeholder, permissions, look))
        out = io.BytesIO()
        prepared, out = embedding.send(SigIOSetup("sha256", output=out))
    except (PdfError, SigningError) as error:
        raise ValueError(f"the document takes no signature: {error}") from error
    return ToSign(out.getvalue(), prepared.document_digest, prepared.reserved_region_start, prepared.reserved_region_end)


def appended(ready: ToSign, base: bytes) -> ToSign:
    """Only what was appended to `base`, to be sent and kept without it; places stay counted from the beginning of the whole."""
    return replace(ready, pdf=ready.pdf[len(base) :])


def whole(base: bytes, appendix: ToSign) -> ToSign:
    """The inverse of `appended`."""
    return replace(appendix, pdf=base + appendix.pdf)


def filled(prepared: ToSign, cms: bytes) -> bytes:
    """The signed PDF. Errors: ValueError when the signature is larger than its place."""
    digits = binascii.hexlify(cms)
    room = prepared.end - prepared.start - 2
    if len(digits) > room:
        raise ValueError(f"a signature of {len(cms)} bytes in a place for {room // 2}")
    return prepared.pdf[: prepared.start + 1] + digits.ljust(room, b"0") + prepared.pdf[prepared.end - 1 :]


def _add_material(writer: object, material: Material) -> None:
    from asn1crypto import crl, x509
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    DocumentSecurityStore.supply_dss_in_writer(
        writer,  # type: ignore[arg-type]
        None,  # a VRI entry a signature is optional and deprecated in favour of the global lists (EN 319 142-1 clause 5.4.2.1)
        certs=[x509.Certificate.load(der) for der in material.certificates],
        crls=[crl.CertificateList.load(der) for der in material.crls],
    )


def _style(appearance: bytes) -> "BaseStampStyle":
    """A stamp that is the first page of a PDF, drawn to the field's size."""
    from pyhanko.pdf_utils.content import PdfContent, ResourceType
    from pyhanko.pdf_utils.generic import pdf_name
    from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
    from pyhanko.stamp import BaseStampStyle, StaticStampStyle

    class _Page(PdfContent):
        def render(self) -> bytes:
            if self.writer is None:
                raise ValueError("no writer")
            form, width, height = add_look(self.writer, appearance)
            self.set_resource(ResourceType.XOBJECT, pdf_name("/Look"), form)
            self.box = BoxConstraints(width=width, height=height)
            return b"/Look Do"

    whole = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins(0, 0, 0, 0))
    style: BaseStampStyle = StaticStampStyle(background=_Page(), background_layout=whole, border_width=0)
    return style
