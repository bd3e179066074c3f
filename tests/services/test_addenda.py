"""The addendum against the real backend: the whole way, every place where it may be cut, and a backend that lies."""

import asyncio
import base64
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.contracts import addendum as ad
from app.core.addendum import Act, AddendumError, Signed
from app.core.errors import BackendRefused, BackendUnreachable
from app.services import addenda, signed_attributes
from app.services.addenda import BackendAddenda
from app.services.addendum_folder import kept
from app.services.backend_api import BackendApi
from app.services.secrets import Secrets
from tests.backend.documents.signer import DRAWN, Signer, signing_backend
from tests.backend.rig import Backend

READING = ad.Reading([ad.PageRead(page, 4.0) for page in range(1, 9)], "2026-11-24T09:00:00Z", "2026-11-24T09:05:00Z")


class Api(BackendApi):
    """The real one, with a hand on the wire: `after` changes what comes back (or raises) for a call, once; `sent` counts the calls."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.sent: list[str] = []
        self.before: dict[str, Exception] = {}
        self.after: dict[str, Callable[[Any], Any]] = {}
        self.instead: dict[str, Any] = {}

    def _hand(self, name: str, call: Callable[[], Any]) -> Any:
        self.sent.append(name)
        if name in self.before:
            raise self.before.pop(name)
        if name in self.instead:
            return self.instead.pop(name)
        answer = call()
        return self.after.pop(name)(answer) if name in self.after else answer

    def addendum_file(self, token: str, document_id: str, name: str) -> bytes:
        return bytes(self._hand(name.partition("/")[0], lambda: super(Api, self).addendum_file(token, document_id, name)))

    def signing_certificate(self, token: str, request: ad.CertificateRequest) -> ad.CertificateChain:
        answer: ad.CertificateChain = self._hand("certificate", lambda: super(Api, self).signing_certificate(token, request))
        return answer

    def prepare_signature(self, token: str, document_id: str, request: ad.PrepareRequest) -> ad.Prepared:
        answer: ad.Prepared = self._hand("prepare", lambda: super(Api, self).prepare_signature(token, document_id, request))
        return answer

    def finish_signature(self, token: str, document_id: str, request: ad.FinishRequest) -> ad.Finished:
        answer: ad.Finished = self._hand("finish", lambda: super(Api, self).finish_signature(token, document_id, request))
        return answer


class Pc:
    """An agent's PC: what is on its disk and in its keyring survives `restart`."""

    def __init__(self, signer: Signer, folder: Path) -> None:
        self.signer = signer
        self.folder = folder
        self.secrets = Secrets(str(folder))
        self.secrets.in_memory = True
        self.restart()

    def restart(self, url: str = "") -> None:
        self.api = Api(url or self.signer.backend.url)
        token, employee = (lambda: self.signer.device.token), (lambda: self.signer.employee_id)
        self.addenda = BackendAddenda(self.folder, self.secrets, lambda: self.api, token, employee)

    def run(self, work: Any) -> Any:
        return asyncio.run(work)

    def ready(self, **change: Any) -> Act:
        """Everything up to the button."""
        offer = self.run(self.addenda.offer()).offer
        document = self.run(self.addenda.document(offer))
        self.run(self.addenda.send_code(offer))
        consent = ad.ConsentGiven(offer.consent.version, "fr")
        fields = {"offer": offer, "document": document, "reading": READING, "consent": consent, "code": self.signer.last_code()}
        return Act(**{**fields, "appearance": DRAWN, **change})

    def sign(self, act: Act) -> Signed:
        signed = self.run(self.addenda.sign(act))
        assert isinstance(signed, Signed)
        return signed

    @property
    def finals(self) -> list[str]:
        """The final documents the backend has of this agent."""
        have = self.signer.offer().signed
        return [have.final_sha256] if have is not None and have.final_sha256 else []


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with signing_backend(tmp_path_factory.mktemp("signing")) as running:
        yield running


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addenda, "AUDIT_PAUSES_S", ())


@pytest.fixture
def pc(backend: Backend, tmp_path: Path) -> Pc:
    return Pc(Signer.of(backend), tmp_path)


def test_the_whole_way_from_offer_to_both_copies(pc: Pc) -> None:
    act = pc.ready()
    assert act.document.startswith(b"%PDF-")
    signed = pc.sign(act)
    assert signed.finished.state == "signed"
    assert signed.finished.revisions == 2
    assert signed.finished.timestamp is not None
    assert len(signed.certificate) == 64
    copies = pc.run(pc.addenda.copies(signed, act.document))
    assert hashlib.sha256(copies.signed_pdf).hexdigest() == signed.finished.final_sha256
    assert msgspec.json.decode(copies.audit_json)["document_id"] == signed.document_id
    assert not pc.addenda.half_done()
    assert kept(pc.folder, pc.secrets)[0] == {
        "state": "offered", "half_done": False, "document_id": signed.document_id, "document_kept": True, "key": "present",
    }  # fmt: skip


def test_the_button_pressed_twice_signs_once(pc: Pc) -> None:
    act = pc.ready()
    first, second = pc.sign(act), pc.sign(act)
    assert second.finished.final_sha256 == first.finished.final_sha256
    assert pc.finals == [first.finished.final_sha256]


def test_killed_after_the_key_signed_it_goes_on_by_itself(pc: Pc) -> None:
    act = pc.ready()
    pc.api.before["finish"] = BackendUnreachable()
    with pytest.raises(BackendUnreachable):
        pc.sign(act)
    assert pc.addenda.half_done()
    assert pc.finals == []
    pc.restart()
    resumed = pc.run(pc.addenda.resume())
    assert resumed is not None
    assert resumed.finished.state == "signed"
    assert pc.finals == [resumed.finished.final_sha256]
    assert not pc.addenda.half_done()
    assert pc.run(pc.addenda.resume()) is None


def _lost(_answer: Any) -> Any:
    raise BackendUnreachable


def test_an_answer_that_is_lost_costs_neither_a_second_code_nor_a_second_document(pc: Pc) -> None:
    act = pc.ready()
    pc.api.after["prepare"] = _lost
    with pytest.raises(BackendUnreachable):
        pc.sign(act)
    assert not pc.addenda.half_done(), "nothing was signed yet"
    pc.api.after["finish"] = _lost
    with pytest.raises(BackendUnreachable):
        pc.sign(act)
    assert pc.addenda.half_done()
    pc.restart()
    resumed = pc.run(pc.addenda.resume())
    assert resumed is not None
    assert pc.finals == [resumed.finished.final_sha256]


def test_a_half_done_act_that_the_backend_forgot_is_dropped(pc: Pc) -> None:
    act = pc.ready()
    pc.api.before["finish"] = BackendUnreachable()
    with pytest.raises(BackendUnreachable):
        pc.sign(act)
    pc.restart()
    pc.api.before["finish"] = BackendRefused("addendum.transaction_expired", 410)
    assert pc.run(pc.addenda.resume()) is None
    assert not pc.addenda.half_done()


def test_a_half_done_act_on_a_full_disk_signs_nothing(pc: Pc) -> None:
    act = pc.ready()
    folder = next(pc.folder.iterdir())
    (folder / "half-done.json").mkdir()  # something is in the way
    with pytest.raises(OSError):
        pc.sign(act)
    assert "finish" not in pc.api.sent
    assert pc.finals == []


def test_a_lost_key_is_replaced_and_the_certificate_asked_for_again(pc: Pc) -> None:
    pc.run(pc.addenda.send_code(pc.run(pc.addenda.offer()).offer))
    first = kept(pc.folder, pc.secrets)[0]["key"]
    pc.secrets = Secrets(str(pc.folder))
    pc.secrets.in_memory = True
    assert (first, kept(pc.folder, pc.secrets)[0]["key"]) == ("present", "none")
    pc.restart()
    folder = next(pc.folder.iterdir())
    before = (folder / "certificate.json").read_bytes()
    offer = pc.run(pc.addenda.offer()).offer
    pc.api.sent.clear()
    with pytest.raises(BackendRefused) as waits:  # the certificate came, the next code does not come this soon
        pc.run(pc.addenda.send_code(offer))
    assert waits.value.code == "addendum.rate_limited"
    assert pc.api.sent == ["certificate"]
    assert (folder / "certificate.json").read_bytes() != before


def test_a_wrong_code_says_how_many_tries_are_left(pc: Pc) -> None:
    act = pc.ready(code="000000")
    with pytest.raises(BackendRefused) as refused:
        pc.sign(act)
    assert (refused.value.code, refused.value.facts["tries_left"]) == ("addendum.code_wrong", 4)


def test_what_was_offered_is_read_without_a_line(pc: Pc) -> None:
    offer = pc.run(pc.addenda.offer()).offer
    document = pc.run(pc.addenda.document(offer))
    pc.restart("http://127.0.0.1:9")
    offered = pc.run(pc.addenda.offer())
    assert offered.kept
    assert offered.offer == offer
    assert pc.run(pc.addenda.document(offered.offer)) == document
    with pytest.raises(BackendUnreachable):
        pc.run(pc.addenda.send_code(offer))
    (next(pc.folder.iterdir()) / f"{offer.sha256}.pdf").write_bytes(document + b" ")
    with pytest.raises(BackendUnreachable):  # a damaged copy does not count
        pc.run(pc.addenda.document(offer))


def test_without_a_time_stamp_it_is_signed_and_says_that_it_waits(tmp_path: Path) -> None:
    silent = '[time_stamp]\nurl = "http://127.0.0.1:9/tsa"\ntrust = "pki/root.pem"\ntimeout_s = 1\n'
    with signing_backend(tmp_path / "backend", setup=silent) as backend:
        pc = Pc(Signer.of(backend), tmp_path / "pc")
        act = pc.ready()
        signed = pc.sign(act)
        assert signed.finished.state == "signed_pending_time"
        assert (signed.finished.final_sha256, signed.finished.timestamp) == ("", None)
        assert not pc.addenda.half_done(), "it is the backend's to complete"
        assert pc.sign(act).finished.state == "signed_pending_time", "and the button signs nothing twice"
        assert pc.run(pc.addenda.offer()).offer.state == "signed_pending_time"


def test_nothing_kept_and_no_line_says_so(backend: Backend, tmp_path: Path) -> None:
    pc = Pc(Signer.of(backend), tmp_path)
    pc.restart("http://127.0.0.1:9")
    with pytest.raises(BackendUnreachable):
        pc.run(pc.addenda.offer())


def test_another_agent_on_this_pc_finds_nothing_of_the_first(pc: Pc, backend: Backend) -> None:
    pc.run(pc.addenda.offer())
    pc.signer = Signer.of(backend, "Youssef Alami")
    pc.restart("http://127.0.0.1:9")
    with pytest.raises(BackendUnreachable):
        pc.run(pc.addenda.offer())


def test_an_unpaired_pc_is_told_so(pc: Pc) -> None:
    pc.signer.device.token = ""
    with pytest.raises(AddendumError) as refused:
        pc.run(pc.addenda.offer())
    assert refused.value.code == "addendum.not_paired"


# A backend that lies: the key signs nothing, and nothing is sent


def _other_digest(prepared: ad.Prepared) -> ad.Prepared:
    attributes = base64.b64decode(prepared.signed_attributes)
    own, other = bytes.fromhex(prepared.prepared_digest), hashlib.sha256(b"another").digest()
    changed = base64.b64encode(attributes.replace(own, other)).decode()
    return msgspec.structs.replace(prepared, signed_attributes=changed, prepared_digest=other.hex())


LIES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "another document": ("prepare", lambda p: msgspec.structs.replace(p, document_sha256="0" * 64)),
    "attributes of another document": ("prepare", _other_digest),
    "anything at all to sign": ("prepare", lambda p: msgspec.structs.replace(p, signed_attributes=base64.b64encode(b"pay 1000").decode())),
    "not base64": ("prepare", lambda p: msgspec.structs.replace(p, signed_attributes="***")),
    "a digest that is none": ("prepare", lambda p: msgspec.structs.replace(p, prepared_digest="zz")),
    "a transaction that is a path": ("prepare", lambda p: msgspec.structs.replace(p, transaction="../../x")),
    "more on the page than was shown": ("prepared", lambda pdf: pdf.replace(b"%PDF-", b"%PDF_", 1)),
    "a page instead of the document": ("prepared", lambda _pdf: b"<html>sign in</html>"),
}


@pytest.mark.parametrize("lie", LIES)
def test_the_key_signs_only_what_was_shown(pc: Pc, lie: str) -> None:
    act = pc.ready()
    call, change = LIES[lie]
    pc.api.after[call] = change
    with pytest.raises(AddendumError) as refused:
        pc.sign(act)
    assert refused.value.code == "addendum.document_changed"
    assert "finish" not in pc.api.sent
    assert not pc.addenda.half_done()


def test_what_was_shown_must_be_what_was_offered(pc: Pc) -> None:
    act = pc.ready()
    with pytest.raises(AddendumError):
        pc.sign(Act(act.offer, act.document + b" ", act.reading, act.consent, act.code, act.appearance))
    assert pc.api.sent[-1] != "prepare"


@pytest.mark.parametrize("body", [b"<html>Wi-Fi sign-in</html>", b"%PDF-1.7 another", b"", b"%PDF-" + bytes(7 * 1024 * 1024)])
def test_a_document_that_is_not_the_promised_one_is_not_kept(pc: Pc, body: bytes) -> None:
    offer = pc.run(pc.addenda.offer()).offer
    pc.api.after["document.pdf"] = lambda _pdf: body
    with pytest.raises(AddendumError) as refused:
        pc.run(pc.addenda.document(offer))
    assert refused.value.code == "addendum.document_unreadable"
    assert not kept(pc.folder, pc.secrets)[0]["document_kept"]


def test_a_certificate_for_another_key_or_person_is_refused(pc: Pc, backend: Backend) -> None:
    offer = pc.run(pc.addenda.offer()).offer
    foreign = Signer.of(backend, "Somebody Else").certify()
    for change in (
        lambda _chain: foreign,
        lambda chain: msgspec.structs.replace(chain, chain=chain.chain[:1]),
        lambda chain: msgspec.structs.replace(chain, chain=[chain.chain[0], chain.chain[0]]),
        lambda chain: msgspec.structs.replace(chain, chain=["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] * 2),
        lambda chain: msgspec.structs.replace(chain, sha256="0" * 64),
    ):
        pc.api.after["certificate"] = change
        with pytest.raises(AddendumError) as refused:
            pc.run(pc.addenda.send_code(offer))
        assert refused.value.code == "addendum.certificate_refused"
    pc.run(pc.addenda.send_code(offer))


@pytest.mark.parametrize(
    ("call", "change"),
    [
        ("signed.pdf", lambda pdf: pdf[:-1]),
        ("signed.pdf", lambda pdf: b"%PDF-1.7 another"),
        ("audit.json", lambda text: text.replace(b'"code_confirmed"', b'"code_skipped"')),
        ("audit.json", lambda _text: b"{}"),
    ],
)
def test_a_copy_that_is_not_what_was_signed_is_refused(
    backend: Backend, tmp_path: Path, call: str, change: Callable[[bytes], bytes]
) -> None:
    pc = Pc(Signer.of(backend), tmp_path)
    act = pc.ready()
    signed = pc.sign(act)
    pc.api.after[call] = change
    with pytest.raises(AddendumError) as refused:
        pc.run(pc.addenda.copies(signed, act.document))
    assert refused.value.code == "addendum.copy_differs"
    pc.api.instead["audit.pdf"] = b"<html>"
    with pytest.raises(AddendumError):
        pc.run(pc.addenda.copies(signed, act.document))
    assert pc.run(pc.addenda.copies(signed, act.document)).signed_pdf.startswith(act.document)


# What may be signed, byte for byte


@pytest.fixture(scope="module")
def attributes(backend: Backend) -> tuple[bytes, bytes, bytes]:
    """Real attributes, their digest, and the certificate's hash."""
    signer = Signer.of(backend)
    chain, offer = signer.certify(), signer.offer()
    prepared = signer.prepare(offer, signer.request(offer, signer.code(offer)))
    return base64.b64decode(prepared.signed_attributes), bytes.fromhex(prepared.prepared_digest), bytes.fromhex(chain.sha256)


def test_real_attributes_are_taken(attributes: tuple[bytes, bytes, bytes]) -> None:
    signed_attributes.check(*attributes)


def test_no_changed_byte_gets_through(attributes: tuple[bytes, bytes, bytes]) -> None:
    der, digest, certificate = attributes
    # Free are only issuer and serial number beside the certificate's hash, and which algorithms are protected (RFC 6211).
    free = {*_inside(der, certificate), *_inside(der, bytes.fromhex("06092a864886f70d010934"))}
    taken = set()
    for at in range(len(der)):
        for bit in (0x01, 0x80):
            changed = bytearray(der)
            changed[at] ^= bit
            try:
                signed_attributes.check(bytes(changed), digest, certificate)
            except AddendumError:
                continue
            taken.add(at)
    assert taken <= free, f"bytes {sorted(taken - free)} may be anything"


def _inside(der: bytes, mark: bytes) -> range:
    """From behind `mark` to the end of the attribute that holds it."""
    found = der.find(mark)
    if found < 0:
        return range(0)
    start = 2 if der[1] < 0x80 else 2 + (der[1] & 0x7F)
    while start < len(der):
        head = 2 if der[start + 1] < 0x80 else 2 + (der[start + 1] & 0x7F)
        length = der[start + 1] if head == 2 else int.from_bytes(der[start + 2 : start + head], "big")
        if start <= found < start + head + length:
            return range(found + len(mark), start + head + length)
        start += head + length
    return range(0)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda der: b"",
        lambda der: der + b"\x00",
        lambda der: der[:-1],
        lambda der: b"\x30" + der[1:],
        lambda der: bytes(5000),
        lambda der: b"\x31\x80" + der[2:],
        lambda der: b"\x31\x84\xff\xff\xff\xff",
        lambda der: b"\x31\x00",
    ],
)
def test_what_is_no_set_of_attributes_is_refused(attributes: tuple[bytes, bytes, bytes], spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(AddendumError):
        signed_attributes.check(spoil(attributes[0]), *attributes[1:])


def test_another_document_or_certificate_is_refused(attributes: tuple[bytes, bytes, bytes]) -> None:
    der, digest, certificate = attributes
    for other in ((digest[::-1], certificate), (digest, certificate[::-1]), (digest[:16], certificate)):
        with pytest.raises(AddendumError):
            signed_attributes.check(der, *other)


# Killed for real


@pytest.mark.parametrize(
    ("point", "then"),
    [
        ("before-prepare", "signed"),  # the code was not used yet
        ("before-finish", "resumed"),
        ("after-finish", "resumed"),  # the answer was not read
    ],
)
def test_a_pc_killed_on_the_way_ends_in_one_final_document(backend: Backend, tmp_path: Path, point: str, then: str) -> None:
    signer = Signer.of(backend)
    code = signer.code(signer.offer())
    keyring = {
        "PYTHON_KEYRING_BACKEND": "tests.journeys.keyring_in_file.FileKeyring",
        "MARHABA_TEST_KEYRING": str(tmp_path / "keyring.json"),
    }

    def pc(point: str) -> "subprocess.CompletedProcess[str]":
        arguments = [backend.url, signer.device.token, signer.employee_id, str(tmp_path / "pc"), code, point]
        command = [sys.executable, "-m", "tests.services.killed_signing", *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, **keyring}, check=False)

    assert pc(point).returncode == -signal.SIGKILL
    again = pc("never")
    assert again.returncode == 0, again.stderr
    what, final = again.stdout.split()
    assert what == then
    have = signer.offer().signed
    assert have is not None
    assert have.final_sha256 == final
    assert pc("never").stdout.split() == ["found", final], "and it stays the only one"


def test_a_pc_killed_before_its_key_signed_leaves_nothing_half_done(backend: Backend, tmp_path: Path) -> None:
    signer = Signer.of(backend)
    pc = Pc(signer, tmp_path)
    act = pc.ready()
    pc.api.after["prepare"] = _lost
    with pytest.raises(BackendUnreachable):
        pc.sign(act)
    pc.restart()
    assert pc.run(pc.addenda.resume()) is None
    assert signer.offer().state == "offered"
    with pytest.raises(BackendRefused) as refused:  # the code is used up: another one is asked for
        pc.sign(act)
    assert refused.value.code == "addendum.code_expired"
