"""When there is nobody, or somebody else, where the backend should be."""

from pathlib import Path

import pytest

from tests.link.rig import FAR, URL, Link

PLAIN = f"http://{FAR}:8470"


@pytest.mark.parametrize("url", [URL, PLAIN])
def test_server_down(empty: Link, url: str) -> None:
    found = empty.measure(url, idle=2, load=2)
    assert found["code"] == "box.probe_unreachable"
    assert found["took_s"] < 8


@pytest.mark.parametrize("url", [URL, PLAIN])
def test_portal(empty: Link, tmp_path: Path, url: str) -> None:
    ready = tmp_path / "ready"
    with empty.serving("-m", "tests.link.impostor", "portal", FAR, str(ready), ready=ready):
        found = empty.measure(url, idle=2, load=2)
    assert found["code"] == "box.portal"
    assert found["took_s"] < 8


@pytest.mark.parametrize("url", [URL, PLAIN])
def test_a_server_that_says_nothing(empty: Link, tmp_path: Path, url: str) -> None:
    ready = tmp_path / "ready"
    with empty.serving("-m", "tests.link.impostor", "silent", FAR, str(ready), ready=ready):
        found = empty.measure(url, idle=2, load=2)
    assert found["code"] == "box.probe_unreachable"
    assert found["took_s"] < 8
