from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backend.documents.signer import Signer, signing_backend
from tests.backend.rig import Backend


@pytest.fixture(scope="session")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend that can sign, shared: each test brings its own agent."""
    with signing_backend(tmp_path_factory.mktemp("signing")) as running:
        yield running


@pytest.fixture
def signer(signing: Backend) -> Signer:
    return Signer.of(signing)


@pytest.fixture
def own_signing(tmp_path: Path) -> Iterator[Backend]:
    """One of this test alone, to be stopped and killed."""
    with signing_backend(tmp_path / "own") as running:
        yield running
