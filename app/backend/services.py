"""What the request handlers share, made once at start."""

from dataclasses import dataclass, field
from typing import Any

from litestar import Request

from app.backend.documents.addendum_room import AddendumRoom
from app.backend.journeys import Library
from app.backend.live import Hub
from app.backend.probe.bench import Bench
from app.backend.rate import FailureLimit
from app.backend.settings import DEFAULT_PROBE_TESTS
from app.backend.store.database import Database
from app.backend.store.writer import Writer
from app.backend.verification.desk import Desk


@dataclass
class Services:
    database: Database
    writer: Writer
    library: Library
    hub: Hub
    console_key: str
    addendum: AddendumRoom
    tls: bool = False
    bench: Bench = field(default_factory=lambda: Bench(DEFAULT_PROBE_TESTS))
    tries_by_address: FailureLimit = field(default_factory=lambda: FailureLimit(10))
    tries_by_code: FailureLimit = field(default_factory=lambda: FailureLimit(5))
    """By the first four characters of a code: guessing around one code ends even from many addresses."""
    certificate_tries: FailureLimit = field(default_factory=lambda: FailureLimit(60))
    verification: Desk | None = None


def services_of(request: Request[Any, Any, Any]) -> Services:
    found: Services = request.app.state.services
    return found
