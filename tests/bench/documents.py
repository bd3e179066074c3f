"""The addendum rendered, its proof file, and a signed one verified."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import typst

from app.backend.documents import render
from app.backend.documents.audit_paper import render_audit
from app.backend.documents.render import render_addendum
from app.backend.documents.signatures import Trust
from app.backend.documents.verifier import Verifier
from tests.backend.documents.paper import company, record, template
from tests.backend.documents.signer import Signer, signing_backend
from tests.backend.documents.test_audit_paper import record as audit_record
from tests.bench.figures import row

_FIRST = """
import time
from tests.backend.documents.paper import company, record, template
import app.backend.documents.render as render, typst
sources = company(), template()
began = time.perf_counter()
render.render_addendum(record(), *sources)
print(1000 * (time.perf_counter() - began))
"""


def _ms(work: Callable[[int], object], runs: int) -> list[float]:
    found = []
    for number in range(runs):
        began = time.perf_counter()
        work(number)
        found.append(1000 * (time.perf_counter() - began))
    return found


def _first() -> float:
    done = subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, text=True, timeout=60, check=True)
    return float(done.stdout)


def run(runs: int) -> Iterator[str]:
    yield row("addendum rendered, first of a process", [_first() for _ in range(runs)], "ms", wanted="< 50 ms")
    sources = company(), template()
    bare = typst.Compiler(input=None, font_paths=render._fonts(), ignore_system_fonts=True)
    baseline = _ms(lambda number: bare.compile(input=f"#{number}".encode(), format="pdf"), runs)
    warm = _ms(lambda number: render_addendum(replace(record(), reference=f"AV-2026-{number:06d}"), *sources), runs + 1)[1:]
    yield row("addendum rendered, the next ones", warm, "ms", baseline=baseline, wanted="< 50 ms (baseline: an empty page)")
    yield row("proof file rendered", _ms(lambda _: render_audit(audit_record()), runs + 1)[1:], "ms")
    with tempfile.TemporaryDirectory() as directory, signing_backend(Path(directory)) as backend:
        backend.fresh()
        signer = Signer.of(backend)
        offer, _ = signer.signed()
        final = signer.file(offer, "signed.pdf")
        verifier = Verifier(Trust([backend.command("pki", "root")]))
    try:
        verifier.verify(final)
        yield row("signed addendum verified", _ms(lambda _: verifier.verify(final), runs), "ms", wanted="< 500 ms")
        yield row("not a PDF", _ms(lambda _: verifier.verify(b"hello"), runs), "ms")
    finally:
        verifier.close()
