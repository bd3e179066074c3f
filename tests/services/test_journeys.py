"""Signed journeys and their packs: what is refused, what is kept, what is used offline."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts import keys
from app.contracts.journey import SignedDocument, sign_document
from app.contracts.receipts import ContentPack
from app.core.errors import BackendUnreachable, ContentError
from app.services.content import pack_hash, read_files
from app.services.journeys import Journeys, write_atomically

CONTENT = Path(__file__).parents[2] / "resources" / "content"
COMPANY = Ed25519PrivateKey.generate()
TRUSTED = keys.public_text(COMPANY)


def journey(version: int = 2, id: str = "telecom-fr", **more: Any) -> str:
    body = {"id": id, "version": version, "title": {"fr": "Télécom"}, "steps": [{"id": "welcome"}, {"id": "ready"}], **more}
    return json.dumps(body, ensure_ascii=False)


def signed(version: int = 2, **more: Any) -> SignedDocument:
    return sign_document(journey(version, **more), COMPANY)


def other_pack() -> ContentPack:
    files = dict(read_files(CONTENT).files)
    files["fr/notice.md"] = files["fr/notice.md"].replace("Vos données", "Vos données à vous")
    return ContentPack(files)


@dataclass
class Fetch:
    """The backend's packs; counts what is asked for."""

    pack: ContentPack | None = None
    asked: int = 0

    def __call__(self, _sha256: str) -> ContentPack:
        self.asked += 1
        if self.pack is None:
            raise BackendUnreachable
        return self.pack


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def opened(cache: Path) -> Callable[[], Journeys]:
    return lambda: Journeys(cache, TRUSTED, CONTENT / "journeys" / "start.json", CONTENT)


def with_pack(pack: ContentPack, version: int = 2, sha256: str = "") -> SignedDocument:
    return signed(version, content={"version": "x", "sha256": sha256 or pack_hash(pack)})


def test_before_pairing_the_builds_own_journey_counts(opened: Callable[[], Journeys]) -> None:
    journeys = opened()
    assert (journeys.current.id, journeys.sha256, journeys.problem) == ("start", "", "")
    assert journeys.content("ar").language == "ar"


def test_an_adopted_journey_is_used_offline_after_a_restart(opened: Callable[[], Journeys]) -> None:
    first = opened()
    first.adopt(signed(3), "telecom-fr", Fetch())
    again = opened()
    assert (again.current.id, again.current.version, again.problem) == ("telecom-fr", 3, "")
    assert again.sha256 == first.sha256 != ""


def tampered(document: SignedDocument) -> SignedDocument:
    return SignedDocument(document.payload.replace("ready", "reody"), document.signature, document.key)


REFUSED: dict[str, tuple[SignedDocument, str]] = {
    "tampered": (tampered(signed()), "journey.signature_invalid"),
    "unsigned": (SignedDocument(journey(), "", ""), "journey.signature_invalid"),
    "nonsense for a signature": (SignedDocument(journey(), "é!", TRUSTED), "journey.signature_invalid"),
    "another key": (sign_document(journey(), Ed25519PrivateKey.generate()), "journey.signature_invalid"),
    "another key that names the company's": (
        SignedDocument(journey(), sign_document(journey(), Ed25519PrivateKey.generate()).signature, keys.device_id(TRUSTED)),
        "journey.signature_invalid",
    ),
    "no json": (sign_document("{", COMPANY), "journey.malformed"),
    "no steps": (signed(steps=[]), "journey.malformed"),
    "a step twice": (signed(steps=[{"id": "a"}, {"id": "a"}]), "journey.malformed"),
    "a newer schema": (signed(schema=2), "journey.schema_unknown"),
    "another activity": (signed(id="banque-fr"), "journey.wrong_activity"),
    "older": (signed(1), "journey.older"),
}


@pytest.mark.parametrize(("document", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_journey_that_may_not_count_changes_nothing(
    opened: Callable[[], Journeys], cache: Path, document: SignedDocument, code: str
) -> None:
    journeys = opened()
    journeys.adopt(signed(2), "telecom-fr", Fetch())
    before = (journeys.current, journeys.sha256, (cache / "journey.json").read_bytes())
    with pytest.raises(ContentError) as raised:
        journeys.adopt(document, "telecom-fr", Fetch())
    assert raised.value.code == code
    assert (journeys.current, journeys.sha256, (cache / "journey.json").read_bytes()) == before


def test_a_journey_of_which_this_program_has_no_step_is_refused(cache: Path) -> None:
    """It is for a newer program: adopted, it would leave nothing to show, now and at every start to come."""
    start, later = CONTENT / "journeys" / "start.json", signed(3, steps=[{"id": "camera"}, {"id": "desk"}])
    journeys = Journeys(cache, TRUSTED, start, CONTENT, built=["welcome", "ready"])
    journeys.adopt(signed(2, steps=[{"id": "welcome"}, {"id": "camera"}]), "telecom-fr", Fetch())
    with pytest.raises(ContentError) as raised:
        journeys.adopt(later, "telecom-fr", Fetch())
    assert raised.value.code == "journey.no_step_known"
    assert journeys.current.version == 2
    write_atomically(cache / "journey.json", msgspec.json.encode(later))
    again = Journeys(cache, TRUSTED, start, CONTENT, built=["welcome", "ready"])
    assert (again.current.id, again.problem) == ("start", "journey.no_step_known")


def test_a_refused_cache_opens_no_way_back_to_an_older_version(opened: Callable[[], Journeys], cache: Path) -> None:
    opened().adopt(signed(2), "telecom-fr", Fetch())
    (cache / "journey.json").write_text("{}")
    journeys = opened()
    assert journeys.problem
    with pytest.raises(ContentError) as raised:
        journeys.adopt(signed(1), "telecom-fr", Fetch(), at_least=2)
    assert raised.value.code == "journey.older"
    journeys.adopt(signed(2), "telecom-fr", Fetch(), at_least=2)
    assert journeys.current.version == 2


def test_without_a_trusted_key_no_journey_counts(cache: Path) -> None:
    journeys = Journeys(cache, "", CONTENT / "journeys" / "start.json", CONTENT)
    with pytest.raises(ContentError) as raised:
        journeys.adopt(signed(), "telecom-fr", Fetch())
    assert raised.value.code == "journey.signature_invalid"


def test_pairing_with_another_activity_may_bring_a_lower_version(opened: Callable[[], Journeys]) -> None:
    journeys = opened()
    journeys.adopt(signed(5), "telecom-fr", Fetch())
    assert journeys.adopt(signed(1, id="banque-fr"), "banque-fr", Fetch()).version == 1


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda data: data[: len(data) // 2], "journey.malformed"),
        (lambda data: b"", "journey.malformed"),
        (lambda data: b"\xff" + data, "journey.malformed"),
        (lambda data: data.replace(b"ready", b"reody"), "journey.signature_invalid"),
    ],
    ids=["half-written", "empty", "no utf-8", "tampered"],
)
def test_a_damaged_cache_is_not_used_and_said_so(
    opened: Callable[[], Journeys], cache: Path, damage: Callable[[bytes], bytes], problem: str
) -> None:
    opened().adopt(signed(), "telecom-fr", Fetch())
    file = cache / "journey.json"
    file.write_bytes(damage(file.read_bytes()))
    journeys = opened()
    assert (journeys.current.id, journeys.sha256, journeys.problem) == ("start", "", problem)
    journeys.adopt(signed(), "telecom-fr", Fetch())
    assert journeys.problem == opened().problem == ""


def test_the_journeys_texts_are_fetched_once_kept_and_used_offline(opened: Callable[[], Journeys]) -> None:
    pack, fetch = other_pack(), Fetch(other_pack())
    opened().adopt(with_pack(pack), "telecom-fr", fetch)
    offline = opened()
    assert offline.content("fr").notice.title.startswith("Vos données à vous")
    offline.adopt(with_pack(pack, 3), "telecom-fr", Fetch())
    assert fetch.asked == 1


def test_texts_that_are_not_the_signed_ones_are_refused(opened: Callable[[], Journeys], cache: Path) -> None:
    journeys = opened()
    with pytest.raises(ContentError) as raised:
        journeys.adopt(with_pack(other_pack()), "telecom-fr", Fetch(read_files(CONTENT)))
    assert raised.value.code == "content.hash_mismatch"
    assert journeys.current.id == "start"
    assert not cache.exists()


def test_texts_that_are_broken_though_signed_are_refused(opened: Callable[[], Journeys], cache: Path) -> None:
    pack = ContentPack({**other_pack().files, "ar/notice.md": "no front matter"})
    with pytest.raises(ContentError) as raised:
        opened().adopt(with_pack(pack), "telecom-fr", Fetch(pack))
    assert raised.value.code == "content.invalid"
    assert not cache.exists()


def test_texts_that_cannot_be_fetched_leave_the_journey_as_it_was(opened: Callable[[], Journeys]) -> None:
    journeys = opened()
    with pytest.raises(BackendUnreachable):
        journeys.adopt(with_pack(other_pack()), "telecom-fr", Fetch())
    assert journeys.current.id == opened().current.id == "start"


@pytest.mark.parametrize("left", [b"", b'{"files":', b'{"files":{}}', b"\xff"])
def test_a_damaged_pack_is_noticed_and_fetched_again(opened: Callable[[], Journeys], cache: Path, left: bytes) -> None:
    pack = other_pack()
    opened().adopt(with_pack(pack), "telecom-fr", Fetch(pack))
    (file,) = (cache / "packs").iterdir()
    file.write_bytes(left)
    journeys = opened()
    assert journeys.problem in {"content.unreadable", "content.hash_mismatch"}
    assert journeys.current.id == "start"
    fetch = Fetch(pack)
    journeys.adopt(with_pack(pack), "telecom-fr", fetch)
    assert fetch.asked == 1
    assert opened().content("fr").notice.title.startswith("Vos données à vous")


def test_the_builds_own_texts_outlive_the_build(opened: Callable[[], Journeys], cache: Path, tmp_path: Path) -> None:
    own = read_files(CONTENT)
    opened().adopt(with_pack(own), "telecom-fr", Fetch())
    newer = tmp_path / "newer build"
    for path, text in other_pack().files.items():
        (newer / path).parent.mkdir(parents=True, exist_ok=True)
        (newer / path).write_text(text, "utf-8")
    journeys = Journeys(cache, TRUSTED, CONTENT / "journeys" / "start.json", newer)
    assert (journeys.current.id, journeys.problem) == ("telecom-fr", "")
    assert journeys.content("fr").sha256 == pack_hash(own)


@pytest.mark.parametrize("sha256", ["../../../escaped", "/etc/passwd", "..", "", "a/../../b", "\0", "é"])
def test_a_hash_that_is_a_path_leads_nowhere(opened: Callable[[], Journeys], cache: Path, tmp_path: Path, sha256: str) -> None:
    with pytest.raises(ContentError) as raised:
        opened().adopt(signed(content={"version": "x", "sha256": sha256}), "telecom-fr", Fetch(other_pack()))
    assert raised.value.code == "content.hash_mismatch"
    assert list(tmp_path.rglob("*")) in ([], [cache])


def test_a_disk_that_keeps_nothing(opened: Callable[[], Journeys], cache: Path) -> None:
    cache.write_text("a file where the directory should be")
    journeys = opened()
    with pytest.raises(ContentError) as raised:
        journeys.adopt(signed(), "telecom-fr", Fetch())
    assert raised.value.code == "content.not_kept"
    assert journeys.current.id == "start"


def test_a_build_without_its_own_journey_says_so(cache: Path, tmp_path: Path) -> None:
    for content in (None, b"{", b"\xff"):
        start = tmp_path / "start.json"
        if content is not None:
            start.write_bytes(content)
        with pytest.raises(ContentError) as raised:
            Journeys(cache, TRUSTED, start, CONTENT)
        assert raised.value.code == "content.unreadable"


def test_writing_leaves_the_old_or_the_new_and_no_scraps(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "file"
    write_atomically(file, b"old")
    write_atomically(file, b"new")
    assert [path.name for path in file.parent.iterdir()] == ["file"]
    assert file.read_bytes() == b"new"
    target = tmp_path / "directory"
    target.mkdir()
    (target / "x").touch()
    with pytest.raises(OSError):
        write_atomically(target, b"x")
    assert {path.name for path in tmp_path.iterdir()} == {"deep", "directory"}


def test_every_journey_of_the_build_can_be_read() -> None:
    for path in sorted((CONTENT / "journeys").glob("*.json")):
        document = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
        assert set(document["title"]) == {"fr", "ar", "en"}
