from collections.abc import Iterator

import pytest

from tests.link.rig import SHAPES, Link, missing


@pytest.fixture(scope="package")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Link]:
    """The line without a server behind it."""
    if why := missing():
        pytest.skip(why)
    with Link(tmp_path_factory.mktemp("link")) as link:
        yield link


@pytest.fixture
def empty(line: Link) -> Link:
    line.shape(SHAPES["good"])
    return line


@pytest.fixture(scope="module")
def served(line: Link) -> Iterator[Link]:
    with line.backend():
        yield line
