"""What the registry of Windows says of the microphone, read through a registry written by hand (no Windows here)."""

import sys
import types
from collections.abc import Callable

import pytest

from app.system.audio import permission, windows

Keys = dict[tuple[str, str], dict[str, str]]
CONSENT = permission.CONSENT
GUID = "{0c7d1b2e-0000-4000-8000-000000000001}"
DEVICES = r"SOFTWARE\Microsoft\Windows\CurrentVersion\MMDevices\Audio"


class FakeKey:
    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def __enter__(self) -> "FakeKey":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Callable[[Keys], None]:
    def fill(keys: Keys) -> None:
        def open_key(root: str, path: str) -> FakeKey:
            if (root, path) not in keys:
                raise FileNotFoundError(path)
            return FakeKey(keys[root, path])

        def value(key: FakeKey, name: str) -> tuple[str, int]:
            if name not in key.values:
                raise FileNotFoundError(name)
            return key.values[name], 1

        made = types.ModuleType("winreg")
        made.HKEY_LOCAL_MACHINE, made.HKEY_CURRENT_USER = "machine", "user"  # type: ignore[attr-defined]
        made.OpenKey, made.QueryValueEx = open_key, value  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "winreg", made)
        monkeypatch.setattr(sys, "platform", "win32")

    return fill


@pytest.mark.parametrize(
    ("keys", "refused"),
    [
        ({}, False),
        ({("machine", CONSENT): {"Value": "Allow"}, ("user", CONSENT): {"Value": "Allow"}}, False),
        ({("machine", CONSENT): {"Value": "Deny"}}, True),
        ({("user", CONSENT): {"Value": "Deny"}}, True),
        ({("user", CONSENT): {"Value": "Allow"}, ("user", rf"{CONSENT}\NonPackaged"): {"Value": "Deny"}}, True),
        ({("user", CONSENT): {}}, False),
    ],
)
def test_the_microphone_is_refused_only_where_windows_says_so(keys: Keys, refused: bool, registry: Callable[[Keys], None]) -> None:
    registry(keys)
    assert permission.microphone_refused() is refused


def test_here_nobody_refuses() -> None:
    assert permission.microphone_refused() is False
    assert windows.bus_of("{0.0.1.00000000}." + GUID) == ""


@pytest.mark.parametrize(
    ("bus", "hint"), [("USB", "usb-device"), ("BTHHFENUM", "bluetooth hands-free"), ("HDAUDIO", "hda"), ("SWD", "SWD")]
)
def test_the_bus_of_an_endpoint(bus: str, hint: str, registry: Callable[[Keys], None]) -> None:
    name = "{a45c254e-df1c-4efd-8020-67d146a850e0},24"
    registry({("machine", rf"{DEVICES}\Capture\{GUID}\Properties"): {name: bus}})
    assert windows.bus_of("{0.0.1.00000000}." + GUID) == hint
    assert windows.bus_of("{0.0.0.00000000}." + GUID) == "", "an ear piece is looked for among the ear pieces"
