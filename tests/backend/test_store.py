"""Migrations on both databases, and the group commit."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, inspect, select

from app.backend import clock
from app.backend.store.database import Database
from app.backend.store.schema import agents
from app.backend.store.writer import Writer
from tests.backend.rig import Backend
from tests.backend.test_events import receipt, refusals


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'some 100% odd name.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


def tables(database: Database) -> set[str]:
    with database.read() as connection:
        return set(inspect(connection).get_table_names())


def test_migrations_go_up_and_down_without_drift(url: str) -> None:
    database = Database(url)
    assert not database.is_current()
    database.migrate()
    assert database.is_current()
    database.drift()
    assert {"agents", "events", "quarantine", "sessions"} <= tables(database)
    database.migrate("base")
    assert tables(database) <= {"alembic_version"}
    database.migrate()
    database.migrate()
    database.close()


def test_several_starts_at_once(url: str) -> None:
    def start() -> bool:
        database = Database(url)
        database.migrate()
        current = database.is_current()
        database.close()
        return current

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda _: start(), range(4)))


def _agent(name: str) -> dict[str, str]:
    return {"employee_id": name, "name": name, "language": "fr", "site": "s", "activity": "a", "updated_at": clock.text(clock.now())}


def test_one_bad_job_costs_the_others_nothing(url: str) -> None:
    database = Database(url)
    database.migrate()
    writer = Writer(database)

    async def all_at_once() -> list[object]:
        def job(name: str) -> Callable[[Connection], str]:
            def work(connection: Connection) -> str:
                connection.execute(insert(agents).values(_agent(name)))
                if name == "13":
                    raise ValueError(name)
                return name

            return work

        return await asyncio.gather(*(writer.run(job(str(n))) for n in range(40)), return_exceptions=True)

    results = asyncio.run(all_at_once())
    assert [str(result) for result in results] == [str(n) for n in range(40)]
    assert isinstance(results[13], ValueError)
    with database.read() as connection:
        assert len(connection.scalars(select(agents.c.employee_id)).all()) == 39
    writer.close()
    database.close()


def test_the_whole_way_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    from app.contracts import events
    from app.contracts.outcomes import Outcome

    with Backend(tmp_path / "backend", database=postgres_url) as backend:
        backend.fresh()
        device = backend.paired()
        odd = device.started()
        odd.append(device.line(events.StepFinished("welcome", Outcome.WARNING, "welcome.odd", {"model": "a\0b"})))
        odd.append(device.line(events.StepEntered("welcome"), id="i" * 5000))
        odd.append(device.line(events.StepEntered("welcome"), id="a\0b"))
        odd += device.steps("identity", "guidelines", "ready")
        for _ in range(2):
            found = receipt(backend.post(device, odd))
            assert found.acked_sequence == len(odd)
            assert refusals(found) == [(5, "event.malformed"), (6, "event.malformed")]
        record = backend.report()
        assert (record["chain"], record["quarantined"]) == ("unbroken", 2)
        assert backend.command("rebuild") == "1 sessions"
        assert backend.report() == record
        assert backend.client.get(f"{backend.url}/health/ready").status_code == 200
