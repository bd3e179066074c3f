"""Journeys, content packs and certificates."""

import hashlib
import json
import sqlite3

import msgspec

from app.contracts.journey import SignedDocument, open_journey
from app.contracts.readable_code import code_of, new_code
from app.contracts.receipts import CertificateStatus, ContentPack
from tests.backend.rig import Backend, until


def test_a_journey_is_signed_and_revalidated(own: Backend) -> None:
    device = own.paired()
    headers = {"Authorization": f"Bearer {device.token}"}
    address = f"{own.url}/v1/journeys/telecom_fr"
    answer = own.client.get(address, headers=headers)
    journey = open_journey(msgspec.json.decode(answer.content, type=SignedDocument), own.journey_key)
    assert journey.content is not None
    packed = own.client.get(f"{own.url}/v1/content/{journey.content.sha256}").content
    assert hashlib.sha256(packed).hexdigest() == journey.content.sha256
    assert "fr/guidelines/quiz.toml" in msgspec.json.decode(packed, type=ContentPack).files
    held = {**headers, "If-None-Match": answer.headers["ETag"]}
    assert own.client.get(address, headers=held).status_code == 304
    own.put_journey(version=4)
    changed = until(lambda: (found := own.client.get(address, headers=held)).status_code == 200 and found)
    assert open_journey(msgspec.json.decode(changed.content, type=SignedDocument), own.journey_key).version == 4
    assert own.client.get(f"{own.url}/v1/journeys/other", headers=headers).json()["code"] == "journey.unknown"


def test_a_malformed_change_leaves_the_former_journey(own: Backend) -> None:
    device = own.paired()
    headers = {"Authorization": f"Bearer {device.token}"}
    own.put_journey(version=5, steps=[])
    address = f"{own.url}/v1/journeys/telecom_fr"

    def told() -> bool:
        answer = own.client.get(address, headers=headers)
        assert json.loads(answer.json()["payload"])["version"] == 3
        return "the journey stays as it was" in own.log()

    until(told)
    own.put_journey(version=6)
    until(lambda: json.loads(own.client.get(address, headers=headers).json()["payload"])["version"] == 6)


def status(backend: Backend, code: str) -> CertificateStatus:
    answer = backend.client.get(f"{backend.url}/v1/certificates/{code}")
    assert answer.status_code == 200
    return msgspec.json.decode(answer.content, type=CertificateStatus)


def test_a_certificate(backend: Backend) -> None:
    device = backend.paired()
    lines = device.started() + device.steps("welcome", "ready")
    code = code_of("certificate", device.id, device.last_id)
    assert status(backend, code) == CertificateStatus(code, "unknown")
    backend.post(device, lines)
    found = status(backend, code.replace("-", "").lower())
    assert (found.code, found.state, found.initials, found.employee_id, found.activity) == (
        code,
        "valid",
        "I. B.",
        backend.one,
        "telecom_fr",
    )
    assert found.issued < found.expires
    connection = sqlite3.connect(backend.home / "data" / "backend.db")
    connection.execute("UPDATE certificates SET expires = '2020-01-01T00:00:00.000Z' WHERE code = ?", (code,))
    connection.commit()
    connection.close()
    assert status(backend, code).state == "expired"


def test_codes_that_are_none(backend: Backend) -> None:
    answer = backend.client.get(f"{backend.url}/v1/certificates/ABC")
    assert (answer.status_code, answer.json()["code"]) == (400, "certificate.malformed")
    codes = [backend.client.get(f"{backend.url}/v1/certificates/{new_code()}").status_code for _ in range(60)]
    assert codes == [200] * 59 + [429]
