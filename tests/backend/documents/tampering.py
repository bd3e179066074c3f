"""What is done to a signed file, by hand and by pyHanko's writer: the tamper table."""

import io
from collections.abc import Callable

import pikepdf
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from tests.backend.documents.signed import Company


def revision(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The file with one more revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def overlay(writer: IncrementalPdfFileWriter) -> None:
    """A red box over the text."""
    stream = writer.add_object(generic.StreamObject(stream_data=b"q 1 0 0 rg 60 500 200 100 re f Q"))
    reference, _ = writer.find_page_for_modification(0)
    page = reference.get_object()
    contents = page.raw_get("/Contents")
    page["/Contents"] = generic.ArrayObject([*(contents if isinstance(contents, generic.ArrayObject) else [contents]), stream])
    writer.update_container(page)


def annotation(writer: IncrementalPdfFileWriter) -> None:
    """A free text that says another amount."""
    reference, _ = writer.find_page_for_modification(0)
    page = reference.get_object()
    name = generic.pdf_name
    note = writer.add_object(
        generic.DictionaryObject(
            {
                name("/Type"): name("/Annot"),
                name("/Subtype"): name("/FreeText"),
                name("/Rect"): generic.ArrayObject([generic.NumberObject(k) for k in (60, 500, 260, 560)]),
                name("/Contents"): generic.pdf_string("500 MAD"),
                name("/DA"): generic.pdf_string("/Helv 12 Tf 0 g"),
            }
        )
    )
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", []), note])
    writer.update_container(page)


def moved_signature(writer: IncrementalPdfFileWriter) -> None:
    """The agent's signature pushed elsewhere on the page."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    field["/Rect"] = generic.ArrayObject([generic.NumberObject(k) for k in (10, 10, 60, 60)])
    writer.update_container(field)


def script(writer: IncrementalPdfFileWriter) -> None:
    name = generic.pdf_name
    action = generic.DictionaryObject({name("/S"): name("/JavaScript"), name("/JS"): generic.pdf_string("app.alert(1)")})
    writer.root["/OpenAction"] = writer.add_object(action)
    writer.update_root()


def attachment(writer: IncrementalPdfFileWriter) -> None:
    name = generic.pdf_name
    stream = generic.StreamObject({name("/Type"): name("/EmbeddedFile")}, stream_data=b"MZ")
    writer.root["/Extra"] = writer.add_object(stream)
    writer.update_root()


def validation_data(writer: IncrementalPdfFileWriter) -> None:
    """Another certificate in the document's security store: what the difference analysis lets pass."""
    other = asn1.Certificate.load(Company("Another").root.public_bytes(Encoding.DER))
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=[other])


def metadata(writer: IncrementalPdfFileWriter) -> None:
    """Another person in the document's own keywords."""
    info = generic.DictionaryObject({generic.pdf_name("/Keywords"): generic.pdf_string("employee=99999, reference=AV-1")})
    writer.set_info(writer.add_object(info))


def flipped(pdf: bytes, at: int) -> bytes:
    changed = bytearray(pdf)
    changed[at] ^= 1
    return bytes(changed)


def encrypted(pdf: bytes, user: str = "") -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    return out.getvalue()


def rewritten(pdf: bytes) -> bytes:
    """Saved again by another program: the signatures' byte ranges no longer fit."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out)
    return out.getvalue()
