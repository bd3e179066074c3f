"""PySide without what a program does not need of it at start.

Importing PySide compiles, from source and at every start, 3 000 lines that say what is wrong with a call's arguments and write type
stubs: 35 ms and 2 MiB, a sixth of the time to a first picture. Called before the first import of PySide, `prepare` lets those modules
come when something first looks into them. It only uses Python's own import system, and is careful to be of no consequence: a PySide
that is laid out otherwise is imported whole, as it is.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType
from typing import Any

_ROOM = "shibokensupport.signature"
LATER = frozenset(f"{_ROOM}.{name}" for name in ("errorhandler", "layout", "parser", "lib.enum_sig", "lib.pyi_generator"))

_loading = RLock()


class _Later(ModuleType):
    """A module that is loaded, in its own place, when something in it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        with _loading:
            if type(self) is _Later:
                _load(self)
        return getattr(self, name)


def _load(module: ModuleType) -> None:
    spec = module.__spec__
    assert spec is not None  # noqa: S101 (narrows for mypy; the import system gave it one)
    loader, own_name, known_as = spec.loader, module.__name__, spec.name
    assert isinstance(loader, _LaterLoader)  # noqa: S101
    module.__class__ = ModuleType
    # PySide publishes its modules under a second name, in their spec; its loader finds them by the first.
    spec.name, spec.loader = own_name, loader.real
    try:
        loader.real.exec_module(module)
    finally:
        spec.name = known_as


class _LaterLoader(Loader):
    def __init__(self, real: Loader) -> None:
        self.real = real

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Later(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Later."""


class _First(MetaPathFinder):
    """Stands before PySide's own finder, which puts itself in front when it comes."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if sys.meta_path[0] is not self:
            sys.meta_path.remove(self)
            sys.meta_path.insert(0, self)
        if name not in LATER:
            return None
        spec = next((found for finder in sys.meta_path[1:] if (found := finder.find_spec(name, path, target)) is not None), None)
        if spec is not None and spec.loader is not None:
            spec.loader = _LaterLoader(spec.loader)
        return spec


def prepare() -> None:
    """Import PySide's core, lean."""
    if "PySide6" in sys.modules:
        return
    first = _First()
    sys.meta_path.insert(0, first)
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        sys.meta_path.remove(first)
