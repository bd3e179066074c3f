"""Connections and transactions over SQLite or PostgreSQL, and migrations run on start."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MS = 15_000
_MIGRATION_LOCK = 0x6D617268  # any fixed number: every instance must use the same
_migrating = threading.Lock()  # Alembic's context is global to the process


class Database:
    """One database. `read()` gives a snapshot, `write()` a transaction that no other writer can come between."""

    def __init__(self, url: str) -> None:
        """`url`: `sqlite:///path` or `postgresql://user@host/name`. Nothing is opened yet.

        Errors: sqlalchemy.exc.ArgumentError.
        """
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
            raise ArgumentError(f"{parsed.drivername}: neither sqlite nor postgresql")
        self.sqlite = parsed.get_backend_name() == "sqlite"
        options: dict[str, Any] = {"pool_size": 20} if self.sqlite else {"pool_pre_ping": True, "pool_size": 20}
        self.engine: Engine = create_engine(parsed, **options)
        if self.sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._writing = self.engine.execution_options(writes=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with self._writing.begin() as connection:
            yield connection

    def migrate(self, revision: str = "head") -> None:
        """Bring the schema to `revision` (`head`, or `base` to take everything down). Safe when several instances start at once."""
        with _migrating, self.write() as connection:
            if not self.sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            config = _alembic(connection)
            if revision == "base":
                command.downgrade(config, revision)
            else:
                command.upgrade(config, revision)

    def drift(self) -> None:
        """Errors: alembic.util.CommandError when the tables and the migrations do not say the same."""
        with _migrating, self.write() as connection:
            command.check(_alembic(connection))

    def is_current(self) -> bool:
        """Whether the database answers and has every migration. Errors: sqlalchemy.exc.OperationalError."""
        with self.read() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        return current == ScriptDirectory(str(MIGRATIONS)).get_current_head()

    def close(self) -> None:
        self.engine.dispose()


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _prepare_sqlite(raw: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: it leaves DDL outside of them, so a failed migration stays half done.
    raw.isolation_level = None
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # an acknowledged event must survive a power cut, not only a crash
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
