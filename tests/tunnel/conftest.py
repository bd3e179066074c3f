"""One rig for all dialogues: the user's name chooses them."""

from collections.abc import Iterator

import pytest

from tests.tunnel.rig import FINE, Rig, missing


@pytest.fixture(scope="session")
def shared_rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    if why := missing():
        pytest.skip(f"the tunnel's rig: {why}")
    with Rig(tmp_path_factory.mktemp("rig"), "--no-probe", "--", "--keepalive", "1", "4") as rig:
        yield rig


@pytest.fixture
def rig(shared_rig: Rig) -> Iterator[Rig]:
    """With a fine line again, whatever the last test did to it; and nothing may be left of the last tunnel."""
    shared_rig.shape(FINE)
    before = shared_rig.routes(), shared_rig.devices()
    yield shared_rig
    assert (shared_rig.routes(), shared_rig.devices()) == before
