"""The verifying process: bounded in time and memory, and of use again after a file that ended it."""

import struct
import zlib
from collections.abc import Iterator

import pytest

from app.backend.documents import verifier as verifier_room
from app.backend.documents.verifier import Verifier
from app.contracts.verdict import MAX_BYTES
from tests.backend.documents.signed import sample


def bomb(gigabytes: int = 4) -> bytes:
    """A PDF whose cross-reference stream unpacks to gigabytes of zeros. One deflate block, repeated: made in no time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    size = 1 << 20
    block = packer.compress(b"\0" * size) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    count = gigabytes * 1024
    adler = ((count * size) % 65521) << 16 | 1
    packed = b"\x78\xda" + block * count + tail + struct.pack(">I", adler)
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    entries = f"<< /Type /XRef /Size 100000000 /W [1 8 4] /Root 1 0 R /Filter /FlateDecode /Length {len(packed)} >>"
    stream = b"3 0 obj\n" + entries.encode() + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    return head + stream + f"startxref\n{len(head)}\n%%EOF\n".encode()


@pytest.fixture
def verifier() -> Iterator[Verifier]:
    made = Verifier(sample().company.trust)
    yield made
    made.close()


def test_a_process_started_before_its_first_file_is_the_one_that_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr(verifier_room, "_Worker", lambda real=verifier_room._Worker: started.append(real()) or started[-1])
    made = Verifier(sample().company.trust, workers=2)
    try:
        made.warm()
        made.warm()
        assert made.verify(sample().final).sound
        assert made.verify(sample().final).sound
        assert len(started) == 1
    finally:
        made.close()


def test_one_process_verifies_file_after_file(verifier: Verifier) -> None:
    good = sample()
    assert verifier.verify(good.final).code == "document.sound"
    assert verifier.verify(good.agent_signed).code == "seal.missing"
    assert verifier.verify(b"").code == "file.not_pdf"
    assert verifier.verify(good.final, "99").code == "person.mismatch"
    assert verifier.verify(b"x" * (MAX_BYTES + 1)).code == "file.too_large"


def test_a_file_that_unpacks_to_gigabytes_is_stopped_and_the_next_one_verified(verifier: Verifier) -> None:
    hostile = bomb()
    assert len(hostile) < MAX_BYTES
    verdict = verifier.verify(hostile)
    assert verdict.code in ("file.too_slow", "file.unreadable")
    assert not verdict.sound
    assert verifier.verify(sample().final).sound


def laid_out(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, with its cross-reference table."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(places)
    return body + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))


def revisions(pdf: bytes, count: int, previous: int | None = None) -> bytes:
    """Empty revisions; `previous`: where each says that the one before is."""
    last = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    for _ in range(count):
        at = len(pdf)
        trailer = b"trailer\n<< /Size 999 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (last if previous is None else previous, at)
        pdf += b"xref\n0 1\n0000000000 65535 f \n" + trailer
        last = at
    return pdf


def test_what_leads_in_circles_ends(verifier: Verifier) -> None:
    final = sample().final
    catalog = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [3 0 R] >> >>"
    endless = b"xref\n0 2000000000\n0000000000 65535 f \ntrailer\n<< /Size 2000000000 >>\nstartxref\n%d\n%%%%EOF\n" % len(final)
    loops = {
        "a revision before itself": revisions(final, 1, previous=len(final)),
        "pages of themselves": laid_out(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
        "fields of themselves": laid_out(catalog, b"<< /Type /Pages /Kids [] /Count 0 >>", b"<< /FT /Sig /Kids [3 0 R] /Parent 3 0 R >>"),
        "deeper than any stack": laid_out(b"<< /A " * 100_000),
        "a thousand revisions": revisions(final, 1000),
        "a table of two thousand million": final + endless,
    }
    for name, raw in loops.items():
        assert not verifier.verify(raw).sound, name
    assert verifier.verify(revisions(final, 1)).unaltered is False, "an empty revision is still one"
    assert verifier.verify(final).sound


def test_a_file_that_takes_too_long_is_stopped() -> None:
    impatient = Verifier(sample().company.trust, limit_s=0.02)
    try:
        assert impatient.verify(sample().final).code == "file.too_slow"
        assert impatient.verify(sample().final).code == "file.too_slow"
    finally:
        impatient.close()
