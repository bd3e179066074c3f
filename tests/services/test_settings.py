import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.contracts import keys
from app.core.errors import SettingsError
from app.services.settings import Settings, check_backend_url, load

KEY = keys.public_text(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def written(directory: Path, text: str | bytes, name: str = "settings.toml") -> Path:
    path = directory / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_everything_a_file_may_say(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        f"""backend_url = "https://it.example:8443/marhaba"
journey_key = "{KEY}"
language = "ar"
helpdesk_phone = "05 22 00 00 00"
enrolment_file = "/etc/marhaba/enrolment.json"
""",
    )
    assert load(path) == Settings(
        backend_url="https://it.example:8443/marhaba",
        journey_key=KEY,
        language="ar",
        helpdesk_phone="05 22 00 00 00",
        enrolment_file="/etc/marhaba/enrolment.json",
    )
    assert load(written(tmp_path, "", "empty.toml")) == Settings()


def test_the_explicit_file_counts_before_the_flavour(tmp_path: Path) -> None:
    flavour = written(tmp_path, 'language = "en"', "flavour.toml")
    assert load(written(tmp_path, 'language = "ar"'), flavour).language == "ar"
    assert load(None, flavour).language == "en"
    assert load(None, tmp_path / "missing.toml") == load(None) == Settings()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("= nonsense", "settings.invalid"),
        ("backend_urll = 'https://x'", "settings.invalid"),
        ("language = 3", "settings.invalid"),
        ("language = 'de'", "settings.invalid"),
        ("virtual_headset = 'big'", "settings.invalid"),
        (b"language = '\xff'", "settings.unreadable"),
        ("backend_url = 'http://it.example'", "settings.backend_url"),
        ("journey_key = 'short'", "settings.journey_key"),
        ("journey_key = 'é é'", "settings.journey_key"),
        (f"journey_key = '{KEY}AAAA'", "settings.journey_key"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_code(tmp_path: Path, text: str | bytes, code: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load(written(tmp_path, text))
    assert raised.value.code == code


def test_an_explicit_file_that_is_not_there_is_an_error_never_a_default(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        load(tmp_path / "missing.toml", written(tmp_path, "", "flavour.toml"))
    assert raised.value.code == "settings.unreadable"


def test_a_file_that_may_not_be_looked_at_is_an_error_never_a_default() -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to become another user")
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        closed = Path(place) / "closed"
        closed.mkdir(mode=0o700)
        path = written(closed, 'language = "ar"')
        program = f"""
import os
from pathlib import Path
from app.core.errors import SettingsError
from app.services.settings import load
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    print(load(None, Path({str(path)!r})))
except SettingsError as error:
    print(error.code)
"""
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
        assert done.stdout.strip() == "settings.unreadable"


GOOD = ["https://x", "https://it.example:8443/a/b", "http://localhost:8000", "http://127.0.0.1", "http://127.9.9.9:1", "http://[::1]:8000"]
BAD = [
    "",
    "x",
    "//x",
    "https:///x",
    "http://it.example",
    "http://127.0.0.1.it.example",
    "http://localhost.it.example",
    "http://0.0.0.0",
    "http://192.168.1.1",
    "http://127.0.0.1\\@it.example",
    "http://127.0.0.1@it.example",
    "https://user@it.example",
    "https://user:word@it.example",
    "https://it.example:99999",
    "https://it.example:port",
    "https://[::1",
    "https://it.example/?a=b",
    "https://it.example/#a",
    "file:///etc/passwd",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("url", GOOD)
def test_addresses_that_may_be_used(url: str) -> None:
    check_backend_url(url)


@pytest.mark.parametrize("url", BAD)
def test_addresses_that_may_not(url: str) -> None:
    with pytest.raises(SettingsError) as raised:
        check_backend_url(url)
    assert raised.value.code == "settings.backend_url"


@given(st.text(max_size=40) | st.text(max_size=30).map("https://".__add__) | st.text(max_size=30).map("http://".__add__))
def test_any_text_is_an_address_or_a_settings_error(url: str) -> None:
    try:
        check_backend_url(url)
    except SettingsError:
        return
    assert url.lower().startswith(("https://", "http://"))
