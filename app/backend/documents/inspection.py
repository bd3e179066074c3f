"""What a file is before any signature is looked at: a whole PDF, in clear, with nothing in it that acts."""

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.backend.documents.verdict_words import finding
from app.contracts.verdict import MAX_BYTES, Finding

if TYPE_CHECKING:
    import pikepdf

# What makes a reader do something (PDF 32000-1 sections 12.6 and 7.11.4). Links and signatures are none of these.
_ACTING_KEYS = frozenset({"/JS", "/OpenAction", "/AA", "/EmbeddedFiles", "/XFA", "/RichMediaContent", "/AF"})
_ACTING_KINDS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/GoToE", "/GoToR", "/RichMediaExecute"}
)
_ACTING_TYPES = frozenset({"/EmbeddedFile", "/Filespec"})
_KEYWORD = re.compile(r"^(employee|reference|template|audit)=(.{1,200})$")
_NAMED = re.compile(r"<(dc:title|dc:creator|dc:description|dc:subject|pdf:Keywords)\b[^>]*>(.*?)</\1>", re.DOTALL)
"""What XMP (ISO 16684-1) says of a document that a reader shows."""
_MAX_PACKET = 200_000
_MAX_OBJECTS = 20_000
_MAX_REVISIONS = 40
"""An addendum has three; with an archival time stamp every few years, a dozen. Each costs the difference analysis as much as the file."""
_EOF = b"%%EOF"


@dataclass
class Inspected:
    findings: list[Finding] = field(default_factory=list)
    end: int = 0
    """Where the document ends: past its last `%%EOF` and the end of that line."""

    @property
    def readable(self) -> bool:
        return not any(one.code.startswith("file.") and one.code != "file.active_content" for one in self.findings)


def inspect(pdf: bytes) -> Inspected:
    """Never raises for what is in the file. A hostile file may take long or much memory: run it where that has a limit."""
    seen = Inspected()
    if len(pdf) > MAX_BYTES:
        seen.findings.append(finding("file.too_large", f"{len(pdf)} > {MAX_BYTES}"))
        return seen
    if not pdf.startswith(b"%PDF-"):
        seen.findings.append(finding("file.not_pdf"))
        return seen
    last = pdf.rfind(_EOF)
    if last < 0 or b"startxref" not in pdf[max(0, last - 64) : last]:
        seen.findings.append(finding("file.truncated"))
        return seen
    if (revisions := pdf.count(b"startxref")) > _MAX_REVISIONS:
        seen.findings.append(finding("file.too_slow", f"{revisions} revisions"))
        return seen
    seen.end = last + len(_EOF)
    seen.end += len(pdf[seen.end : seen.end + 2]) - len(pdf[seen.end : seen.end + 2].lstrip(b"\r\n"))
    after = pdf[seen.end :].strip(b"\r\n")
    if re.search(rb"\d+\s+\d+\s+obj\b", after):  # a revision that was begun, and does not end
        seen.findings.append(finding("file.truncated"))
        return seen
    if after:
        seen.findings.append(finding("document.appended", f"{len(pdf) - seen.end} bytes"))
    _look_inside(pdf[: seen.end], seen)
    return seen


def _look_inside(pdf: bytes, seen: Inspected) -> None:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as opened:
            if opened.is_encrypted:
                seen.findings.append(finding("file.encrypted"))
                return
            acting = sorted(_acting(opened))
            if acting:
                seen.findings.append(finding("file.active_content", " ".join(acting[:8])))
    except pikepdf.PasswordError:
        seen.findings.append(finding("file.encrypted"))
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        seen.findings.append(finding("file.unreadable", type(error).__name__))


def _acting(opened: "pikepdf.Pdf") -> set[str]:
    import pikepdf

    found: set[str] = set()
    pending: list[Any] = [opened.trailer]
    for number, thing in enumerate(opened.objects):
        if number > _MAX_OBJECTS:
            raise ValueError("too many objects")
        pending.append(thing)
    while pending:
        thing = pending.pop()
        if isinstance(thing, pikepdf.Array):
            pending += [inner for inner in thing if isinstance(inner, pikepdf.Array | pikepdf.Dictionary) and not inner.is_indirect]
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for key, value in thing.items():
                if key in _ACTING_KEYS:
                    found.add(key)
                elif (key == "/S" and str(value) in _ACTING_KINDS) or (key == "/Type" and str(value) in _ACTING_TYPES):
                    found.add(str(value))
                elif isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect:
                    pending.append(value)
    return found


def about(pdf: bytes) -> dict[str, str]:
    """What a whole revision says it is, in its keywords: `employee`, `template`, and `reference` or, of a proof file, `audit`."""
    keywords = described(pdf).get("/Keywords", "")
    found = (_KEYWORD.match(word.strip()) for word in keywords.split(","))
    return {match.group(1): match.group(2) for match in found if match}


def described(pdf: bytes) -> dict[str, str]:
    """What a whole revision says of itself (document information and XMP), without what a program writes about itself when it saves."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as opened:
            info: Any = opened.trailer.get("/Info", {})
            said = {key: str(value)[:2000] for key, value in info.items() if key not in ("/ModDate", "/Producer")}
            if "/Metadata" in opened.Root:
                packet = bytes(opened.Root.Metadata.read_bytes())[:_MAX_PACKET].decode("utf-8", "replace")
                said |= {element: " ".join(re.sub("<[^>]*>", " ", inner).split()) for element, inner in _NAMED.findall(packet)}
            return said
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError):
        return {}
