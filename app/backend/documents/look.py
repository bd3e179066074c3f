"""The page of a signature's look, put into a PDF as a form XObject (ISO 32000-1 section 8.10), its objects copied as they are written.

A signing library reads every number of every font table and writes it again: half of the time a revision took.
"""

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyhanko.pdf_utils.generic import IndirectObject
    from pyhanko.pdf_utils.writer import BasePdfFileWriter

_REFERENCE = re.compile(rb"(?<![0-9.])(\d+) 0 R(?![A-Za-z])")


def add_look(writer: "BasePdfFileWriter", page: bytes) -> tuple["IndirectObject", float, float]:
    """The first page of `page` as an object of `writer`, with its width and height. Errors: ValueError."""
    import pikepdf

    with pikepdf.open(io.BytesIO(page)) as opened:
        first: Any = opened.pages[0]
        box = [float(side) for side in first.obj.MediaBox]
        content = first.obj.Contents
        if isinstance(content, pikepdf.Array):
            if len(content) != 1:
                raise ValueError("a look of more than one content stream")
            content = content[0]
        found: dict[int, Any] = {}
        _gather(first.obj.Resources, found, pikepdf)
        numbers = {number: writer.allocate_placeholder() for number in found}

        def renumbered(written: bytes) -> bytes:
            return _REFERENCE.sub(lambda match: b"%d 0 R" % numbers[int(match.group(1))].idnum, written)

        for number, one in found.items():
            writer.add_object(_raw(one, renumbered, pikepdf), idnum=numbers[number].idnum)
        resources = renumbered(first.obj.Resources.unparse(resolved=True))
        head = b"/Type /XObject /Subtype /Form /BBox [%s] /Resources %s" % (" ".join(f"{side:g}" for side in box).encode(), resources)
        form = writer.add_object(_written(head, content))
    return form, box[2] - box[0], box[3] - box[1]


def _gather(one: Any, found: dict[int, Any], pikepdf: Any) -> None:
    """Everything indirect below an object, by its number."""
    if one.is_indirect:
        if one.objgen[0] in found:
            return
        found[one.objgen[0]] = one
    if isinstance(one, pikepdf.Array):
        children = list(one)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        children = list((one.stream_dict if isinstance(one, pikepdf.Stream) else one).as_dict().values())
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object):
            _gather(child, found, pikepdf)


def _raw(one: Any, renumbered: Callable[[bytes], bytes], pikepdf: Any) -> Any:
    if isinstance(one, pikepdf.Stream):
        inside = renumbered(one.stream_dict.unparse(resolved=True)).strip()
        return _bytes(inside + b"\nstream\n" + one.read_raw_bytes() + b"\nendstream")
    return _bytes(renumbered(one.unparse(resolved=True)))


def _written(head: bytes, content: Any) -> Any:
    raw = content.read_raw_bytes()
    filters = b" /Filter " + content.Filter.unparse(resolved=True) if "/Filter" in content.stream_dict else b""
    return _bytes(b"<< " + head + filters + b" /Length %d >>\nstream\n" % len(raw) + raw + b"\nendstream")


def _bytes(written: bytes) -> Any:
    from pyhanko.pdf_utils.generic import PdfObject

    class _Written(PdfObject):
        """An object whose bytes are ready."""

        def write_to_stream(self, stream: Any, handler: Any = None, container_ref: Any = None) -> None:
            stream.write(written)

    return _Written()
