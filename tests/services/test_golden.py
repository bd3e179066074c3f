"""The golden files of the contracts, read by the wizard itself over HTTP: what a backend of another version answers is understood."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from app.contracts.enrolment import EnrolmentRequest
from app.core.errors import BackendRefused
from app.services.backend_api import BackendApi
from tests.contracts.test_golden import GOLDEN, SHAPES
from tests.services.rig import Reply, serving

REQUEST: EnrolmentRequest = SHAPES["enrolment_request"]
CALLS: dict[str, Callable[[BackendApi], Any]] = {
    "enrolment": lambda api: api.enrol(REQUEST),
    "events_receipt": lambda api: api.post_events("token", [b"{}"]),
    "signed_document": lambda api: api.journey("token", "telecom_fr"),
    "content_pack": lambda api: api.content("token", "ab" * 32),
    "addendum_offer": lambda api: api.addendum("token"),
    "addendum_code_sent": lambda api: api.addendum_code("token", "ad_1"),
    "addendum_prepared": lambda api: api.prepare_signature("token", "ad_1", SHAPES["addendum_prepare"]),
    "addendum_finished": lambda api: api.finish_signature("token", "ad_1", SHAPES["addendum_finish"]),
    "certificate_chain": lambda api: api.signing_certificate("token", SHAPES["certificate_request"]),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_golden_answer_is_read_as_what_it_is(name: str) -> None:
    body = (GOLDEN / f"{name}.json").read_bytes()
    with serving() as backend:
        api = BackendApi(backend.url)
        for answer in (body, body.rstrip()[:-1] + b',"from_a_newer_version":{"a":[1]}}'):
            backend.script.append(lambda _, answer=answer: Reply(200, answer))
            assert CALLS[name](api) == SHAPES[name]
        api.close()


def test_a_golden_request_is_sent_as_its_file_says() -> None:
    with serving() as backend:
        api = BackendApi(backend.url)
        backend.script.append(lambda _: Reply(200, (GOLDEN / "enrolment.json").read_bytes()))
        api.enrol(REQUEST)
        assert msgspec.json.format(backend.seen[0].raw) + b"\n" == (GOLDEN / "enrolment_request.json").read_bytes()
        api.close()


def test_a_golden_problem_comes_with_its_facts() -> None:
    with serving() as backend:
        api = BackendApi(backend.url)
        backend.script.append(lambda _: Reply(409, (GOLDEN / "problem.json").read_bytes()))
        with pytest.raises(BackendRefused) as raised:
            api.post_events("token", [b"{}"])
        assert (raised.value.code, raised.value.status, raised.value.retry_after) == ("event.gap", 409, 3)
        assert raised.value.facts["expected_sequence"] == 7
        api.close()
