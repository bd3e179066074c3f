"""The server killed between any two acts of one signature: it goes on where it was, and there is one final document."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from app.contracts.audit import AuditRecord, log_holds
from tests.backend.documents import independent
from tests.backend.documents.signer import Signer, signing_backend
from tests.backend.rig import Backend, until


def killed_at(backend: Backend, point: str, act: Callable[[], Any] | None) -> None:
    """Run with a kill at `point`; `act` asks for what leads there, or the server's own background task does."""
    backend.program, os.environ["MARHABA_KILL"] = "tests.backend.documents.killed", point
    backend.start()
    if act is not None:
        with pytest.raises(httpx.TransportError):
            act()
    process = backend.process
    assert process is not None
    until(lambda: process.poll() is not None, 30)
    assert process.returncode == -9
    backend.program = "app.backend"


@pytest.mark.slow
def test_killed_at_every_point_of_one_signature(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARHABA_KILL", "")
    backend = signing_backend(tmp_path / "killed")
    with backend:
        signer = Signer.of(backend)
        offer = signer.offer()
        signer.certify()
        request = signer.request(offer, signer.code(offer))
        backend.stop()
        killed_at(backend, "after:addenda.begin", lambda: signer.prepare(offer, request))
        killed_at(backend, "after:addenda.prepared", lambda: signer.prepare(offer, request))
        backend.start()
        finish = signer.sign(signer.prepare(offer, request))
        backend.stop()
        killed_at(backend, "after:addenda.take_signature", lambda: signer.finish(offer, finish))
        killed_at(backend, "after:addenda.keep_time_stamp", None)
        killed_at(backend, "after:addenda.complete", None)
        backend.start()
        done = signer.finish(offer, finish)
        assert done.state == "signed"
        final = signer.file(offer, "signed.pdf")
        assert hashlib.sha256(final).hexdigest() == done.final_sha256
        root = tmp_path / "root.pem"
        root.write_text(backend.client.get(f"{backend.url}/pki/root.pem").text)
        assert [status.bottom_line for status in independent.pyhanko(final, root)] == [True, True]
        record = msgspec.json.decode(signer.file(offer, "audit.json"), type=AuditRecord)
        assert log_holds(record.log)
        acts = [entry.what for entry in record.log]
        assert acts == ["offered", "code_sent", "code_confirmed", "consented", "prepared", "signed_by_agent", "time_stamped", "sealed"]
