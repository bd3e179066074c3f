"""`POST /v1/enrolments`: a code and a key become a pairing."""

import asyncio
import logging
from typing import Any

from litestar import Request, post
from litestar.params import JSONBody

from app.backend import clock
from app.backend.api.peer import caller
from app.backend.api.problems import ProblemError
from app.backend.services import Services, services_of
from app.backend.store import pairing
from app.contracts import keys, readable_code
from app.contracts.enrolment import Enrolment, EnrolmentRequest, proof_message
from app.contracts.problems import ContractError

_MAX_BODY = 64 * 1024
_PREFIX = 4
_GUESSES = frozenset({"enrolment.code_refused", "enrolment.code_used"})
"""Only what says something about a code counts as a try: our own trouble must not lock anybody out."""
_log = logging.getLogger(__name__)


@post("/v1/enrolments", status_code=200, request_max_body_size=_MAX_BODY)
async def enrol(request: Request[Any, Any, Any], data: JSONBody[EnrolmentRequest]) -> Enrolment:
    """Pair a device with an agent. The answer to an unknown and to an expired code is the same.

    Errors: 422 `enrolment.proof_invalid`, 404 `enrolment.code_refused`, 409 `enrolment.code_used`,
    429 `enrolment.too_many_tries`, 503 `journey.missing`.
    """
    services = services_of(request)
    address = caller(request)
    prefix = readable_code.normalise(data.code[:100])[:_PREFIX]
    if wait := services.tries_by_address.take(address):
        raise ProblemError(429, "enrolment.too_many_tries", retry_after=wait)
    if wait := services.tries_by_code.take(prefix):
        services.tries_by_address.give_back(address)
        raise ProblemError(429, "enrolment.too_many_tries", retry_after=wait)
    guessed = False
    try:
        enrolment = await _pair(data, services)
    except ProblemError as error:
        guessed = error.problem.code in _GUESSES
        raise
    finally:
        if not guessed:
            services.tries_by_address.give_back(address)
            services.tries_by_code.give_back(prefix)
    _log.info("device %s enrolled for %s", enrolment.device_id, enrolment.agent.employee_id)
    return enrolment


async def _pair(data: EnrolmentRequest, services: Services) -> Enrolment:
    code = await asyncio.to_thread(_checked, data)
    now = clock.now()

    def activity() -> str:
        with services.database.read() as connection:
            device = keys.device_id(pairing.canonical_key(data.public_key))
            return pairing.activity_for(connection, code, device, now)

    try:
        wanted = await asyncio.to_thread(activity)
        published = await asyncio.to_thread(services.library.journey, wanted)
    except ContractError as error:
        raise _refusal(error.code) from error
    if published is None:
        # Before the code is used up: the agent can try again as soon as IT has put the journey there.
        _log.error("no journey for activity %r: enrolments of it are refused", wanted)
        raise ProblemError(503, "journey.missing", retry_after=60)
    paired = await services.writer.run(lambda connection: pairing.pair(connection, data, code, now))
    if isinstance(paired, str):
        raise _refusal(paired)
    return Enrolment(
        device_id=paired.device_id,
        token=paired.token,
        agent=paired.agent,
        kit=paired.kit,
        journey=published.document,
        server_time=clock.text(clock.now()),
    )


def _checked(data: EnrolmentRequest) -> str:
    """The code in its grouped form, once the proof is verified. Errors: ProblemError."""
    if not keys.verify(data.public_key, proof_message(data), data.proof):
        raise ProblemError(422, "enrolment.proof_invalid")
    if len(data.earlier_keys) > pairing.MAX_EARLIER_KEYS:
        raise ProblemError(422, "enrolment.proof_invalid", "too many earlier keys")
    try:
        for key in data.earlier_keys:
            pairing.canonical_key(key)
    except ContractError as error:
        raise ProblemError(422, "enrolment.proof_invalid", "an earlier key is malformed") from error
    try:
        return readable_code.parse(data.code)
    except ContractError:
        # Not said apart from an unknown code: it goes the same way, and takes the same time.
        return readable_code.normalise(data.code)[:100]


def _refusal(code: str) -> ProblemError:
    return ProblemError(409 if code == "enrolment.code_used" else 404, code)
