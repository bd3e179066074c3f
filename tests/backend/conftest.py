from collections.abc import Iterator
from pathlib import Path

import pytest

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
