"""A step keeps its promise: what it ends with is what `Step.codes` says, in every test of a step."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from app.core.step import Result
from app.steps import catalog


@pytest.fixture(autouse=True)
def promised(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every result that the program (not a test) makes has a code and an outcome its step names."""
    made, broken = Result.__init__, set[str]()

    def checked(self: Result, *args: Any, **kwargs: Any) -> None:
        made(self, *args, **kwargs)
        step = self.code.partition(".")[0]
        if sys._getframe(1).f_globals["__name__"].startswith("app.") and self.outcome not in catalog.step(step).codes.get(self.code, ()):
            broken.add(f"{self.code} {self.outcome}")

    monkeypatch.setattr(Result, "__init__", checked)
    yield
    assert broken == set(), "not among the outcomes that Step.codes names"
