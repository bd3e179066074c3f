"""An addendum written by hand: one offer, one document, one code; each call does what the test sets."""

import asyncio
import hashlib
from dataclasses import replace

import msgspec
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from app.contracts.addendum import (
    AddendumOffer,
    Channel,
    Clause,
    CodeSent,
    Consent,
    Finished,
    SignedSummary,
    TimeStamp,
)
from app.core.addendum import Act, Copies, Offered, Signed
from app.core.errors import BackendRefused, MarhabaError

CODE = "370518"
CHANNEL = Channel("sms", "06•• ••• 412")
CLAUSES = [
    Clause(
        f"c{number}",
        {"fr": f"Article {number} : lieu et matériel", "ar": f"المادة {number}: مكان العمل والمعدات"},
        {
            "fr": "L’employeur met à disposition un poste, une box 4G et un casque. " * 6,
            "ar": "يضع المشغل رهن إشارة الأجير حاسوبا وعلبة اتصال وسماعة رأس. " * 6,
        },
    )
    for number in range(1, 9)
]
CONSENT = Consent(
    "2026-1",
    {
        "fr": "J’accepte de signer électroniquement",
        "ar": "أوافق على التوقيع إلكترونيا",
        "en": "I agree to sign electronically",
    },
)
STAMP = TimeStamp("1234567890", "2026-11-24T08:40:02Z", "Marhaba TSA")
FINAL = "ab" * 32


def pdf(pages: int = 3, mark: str = "") -> bytes:
    """A real PDF of some A4 pages."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    for number in range(pages):
        if number:
            writer.newPage()
        painter.drawText(QRectF(40, 40, 500, 60), f"Avenant au contrat de travail, page {number + 1} {mark}")
    painter.end()
    return bytes(buffer.data().data())


def offer_of(data: bytes, pages: int = 3, version: str = "2026-1") -> AddendumOffer:
    return AddendumOffer(
        state="offered",
        document_id="doc-1",
        template="telework",
        template_version=version,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=pages,
        size=len(data),
        consent=CONSENT,
        channel=CHANNEL,
        clauses=CLAUSES,
    )


class FakeAddenda:
    """`errors` holds, by the port's call, what it raises (once each, in order)."""

    def __init__(self, data: bytes, pages: int = 3) -> None:
        self.data = data
        self.it = offer_of(data, pages)
        self.kept = False
        self.errors: dict[str, list[Exception]] = {}
        self.acts: list[Act] = []
        self.codes = 0
        self.half: Signed | None = None
        self.stamped = True
        self.signed_pdf = data + b"\n% two revisions\n%%EOF\n"
        self.gate = asyncio.Event()
        self.gate.set()
        self.calls: list[str] = []

    def fail(self, call: str, *errors: MarhabaError | OSError) -> None:
        self.errors.setdefault(call, []).extend(errors)

    def _called(self, call: str) -> None:
        self.calls.append(call)
        if self.errors.get(call):
            raise self.errors[call].pop(0)

    async def offer(self) -> Offered:
        await self.gate.wait()
        self._called("offer")
        return Offered(self.it, self.kept)

    async def document(self, offer: AddendumOffer) -> bytes:
        self._called("document")
        return self.data

    async def send_code(self, offer: AddendumOffer) -> CodeSent:
        self._called("send_code")
        self.codes += 1
        return CodeSent(CHANNEL, 600, 5, 30)

    async def sign(self, act: Act) -> Signed:
        await self.gate.wait()
        self.acts.append(act)
        self._called("sign")
        if act.code != CODE:
            raise BackendRefused("addendum.code_wrong", 422, tries_left=4)
        return self.sign_here()

    def sign_here(self) -> Signed:
        """The backend has it from now on."""
        state = "signed" if self.stamped else "signed_pending_time"
        final, stamp, revisions = (FINAL, STAMP, 2) if self.stamped else ("", None, 0)
        finished = Finished(state=state, final_sha256=final, revisions=revisions, signed_at="2026-11-24T08:40:00Z", timestamp=stamp)
        summary = SignedSummary(
            document_id="doc-1",
            template_version=self.it.template_version,
            signed_at=finished.signed_at,
            final_sha256=final,
            revisions=revisions,
            timestamp=stamp,
        )
        self.it = msgspec.structs.replace(self.it, state=state, signed=summary)
        return Signed("doc-1", self.it.template_version, self.it.sha256, finished, "cd" * 32)

    async def resume(self) -> Signed | None:
        self._called("resume")
        if self.half is None:
            return None
        self.half = None
        return replace(self.sign_here())

    async def copies(self, signed: Signed, document: bytes) -> Copies:
        self._called("copies")
        return Copies(self.signed_pdf, b"%PDF-1.7 audit", b"{}")

    def half_done(self) -> bool:
        return self.half is not None
