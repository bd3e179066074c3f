"""The evidence chain: whatever is changed after signing is found."""

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.contracts import chain, events, keys
from app.contracts.journey import SignedDocument, open_journey, sign_document
from app.contracts.problems import ContractError

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = keys.public_text(KEY)


def line(**change: object) -> bytes:
    fields: dict[str, object] = {
        "id": "e1",
        "source": events.source_of(keys.device_id(PUBLIC)),
        "type": events.KIND_OF[events.StepEntered],
        "time": "2026-11-24T09:00:00.000Z",
        "sequence": 1,
        "monotonic": 5,
        "previoushash": events.ZERO_HASH,
        "data": msgspec.Raw(b'{"step":"welcome"}'),
        **change,
    }
    return chain.seal(events.Event(**fields), KEY)  # type: ignore[arg-type]


SEALED = line()


def test_a_sealed_line_verifies() -> None:
    chain.verify(SEALED, PUBLIC)
    assert chain.read(SEALED).sequence == 1
    assert msgspec.json.decode(SEALED)["signature"]


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed(place: int, change: int) -> None:
    changed = bytearray(SEALED)
    changed[place] ^= change
    with pytest.raises(ContractError) as caught:
        chain.verify(bytes(changed), PUBLIC)
    assert caught.value.code == "event.signature_invalid"
    assert chain.line_hash(bytes(changed)) != chain.line_hash(SEALED)


@pytest.mark.parametrize(
    "changed",
    [
        SEALED + b" ",
        SEALED[:-1],
        SEALED[:-1] + b',"more":1}',
        SEALED.replace(b'"sequence":1', b'"sequence":2'),
        SEALED.replace(b'"specversion"', b' "specversion"'),
        b"{}",
        b"",
    ],
)
def test_nothing_can_be_added_or_taken_away(changed: bytes) -> None:
    with pytest.raises(ContractError):
        chain.verify(changed, PUBLIC)


def test_another_key_does_not_verify() -> None:
    for other in (keys.public_text(Ed25519PrivateKey.generate()), "", "nonsense", PUBLIC + "AA"):
        with pytest.raises(ContractError):
            chain.verify(SEALED, other)


def test_a_signature_inside_the_data_is_only_data() -> None:
    tricky = line(data=msgspec.Raw(b'{"step":"x","signature":"AAAA"}'))
    chain.verify(tricky, PUBLIC)
    with pytest.raises(ContractError):
        chain.verify(tricky.replace(b'"step":"x"', b'"step":"y"'), PUBLIC)


@pytest.mark.parametrize("bad", [b"", b"{", b"[]", b'{"id":1}', b'{"specversion":"0.3"}'])
def test_what_is_no_envelope_is_refused(bad: bytes) -> None:
    with pytest.raises(ContractError) as caught:
        chain.read(bad)
    assert caught.value.code == "event.malformed"


def test_a_line_past_the_limit_is_refused() -> None:
    with pytest.raises(ContractError) as caught:
        chain.read(b" " * (chain.MAX_LINE_BYTES + 1))
    assert caught.value.code == "event.too_large"


def test_a_document_counts_only_under_the_trusted_key() -> None:
    payload = '{"id":"a","version":1,"title":{"fr":"A"},"steps":[{"id":"welcome"}]}'
    signed = sign_document(payload, KEY)
    assert open_journey(signed, PUBLIC).id == "a"
    other = keys.public_text(Ed25519PrivateKey.generate())
    forged = SignedDocument(payload.replace('"version":1', '"version":2'), signed.signature, signed.key)
    for document, key in ((signed, other), (signed, ""), (forged, PUBLIC)):
        with pytest.raises(ContractError) as caught:
            open_journey(document, key)
        assert caught.value.code == "journey.signature_invalid"


@given(st.binary(max_size=80))
def test_key_text_goes_there_and_back(raw: bytes) -> None:
    assert keys.from_text(keys.to_text(raw)) == raw
