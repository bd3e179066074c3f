from collections.abc import Iterator

import pytest

from tests.backend.rig import Backend


@pytest.fixture(scope="package")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with Backend(tmp_path_factory.mktemp("backend")) as running:
        yield running
