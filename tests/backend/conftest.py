import functools
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.backend.rig import Backend


@pytest.fixture(scope="session")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with Backend(tmp_path_factory.mktemp("backend")) as running:
        yield running


@pytest.fixture
def backend(_running: Backend) -> Backend:
    """The backend that the tests share, with two agents that are this test's own."""
    _running.fresh()
    return _running


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Backend]:
    """A backend of this test alone, to be stopped, killed, or given other files."""
    with Backend(tmp_path / "backend") as running:
        running.fresh()
        yield running


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a private PostgreSQL cluster; a fresh database a test is made from it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("no PostgreSQL server on this machine")
    programs = found[-1].parent
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    home = Path(tempfile.mkdtemp(prefix="marhaba-pg-", dir="/tmp"))
    try:
        if user is not None:
            shutil.chown(home, user)
        cluster = home / "cluster"
        run = functools.partial(subprocess.run, check=True, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=home)
        run([programs / "initdb", "-D", cluster, "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8"])
        options = f"-c listen_addresses='' -c unix_socket_directories={home}"
        run([programs / "pg_ctl", "-D", cluster, "-w", "-l", home / "log", "-o", options, "start"])
        try:
            yield f"postgresql://postgres@/postgres?host={home}"
        finally:
            run([programs / "pg_ctl", "-D", cluster, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    name = f"t{uuid.uuid4().hex[:12]}"
    engine = create_engine(postgres.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres.replace("/postgres?", f"/{name}?")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
