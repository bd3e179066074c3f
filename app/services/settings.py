"""Managed settings: what the company's deployment tool lays on the PC. TOML, read once, checked before use.

Looked up in order: an explicit file, then the machine's own (`/etc/marhaba/settings.toml`, `%ProgramData%\\Marhaba\\settings.toml`,
`/Library/Application Support/Marhaba/settings.toml`), then the flavour that came with the build.
"""

import os
import sys
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from app.contracts.addresses import is_loopback
from app.contracts.languages import LANGUAGES
from app.core.errors import SettingsError


class Settings(NamedTuple):
    backend_url: str = ""
    journey_key: str = ""
    """Ed25519 public key (base64url) that journeys must be signed with. Enrolment never replaces it."""
    language: str = "fr"
    """The language the wizard opens in, before anybody chooses."""
    helpdesk_phone: str = ""
    """Shown until the journey says otherwise."""
    emulated_box: str = ""
    """Address of an emulated 4G box (demos, drills): it is the only box looked for, and its evidence is marked simulated."""
    vpn_profiles: str = ""
    """Directory of the VPN profiles, where it is not the system's usual one (docs/vpn.md)."""
    vpn_words: dict[str, str] = {}  # noqa: RUF012 (a named tuple: nobody writes into it)
    """What the VPN server's own words of refusal mean: a pattern (regular expression) to a code of `vpn.*` (docs/vpn.md)."""
    practice_vpn: str = ""
    """Home of a practice gateway (demos, drills), or `simulated` for a tunnel only played: evidence is then marked simulated."""
    virtual_headset: Literal["", "system", "memory"] = ""
    """A headset nobody wears (demos, drills), its evidence marked simulated: « system » is the sound system's, « memory » needs none."""
    enrolment_file: str = ""
    """Zero-touch enrolment (`contracts.enrolment.EnrolmentFile`, JSON)."""


def machine_file() -> Path:
    """Where the deployment tool puts the settings on this system; only an administrator writes there."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Marhaba" / "settings.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Marhaba/settings.toml")
    return Path("/etc/marhaba/settings.toml")


def load(explicit: Path | None, flavour: Path | None = None) -> Settings:
    """The settings that count.

    Errors: SettingsError `settings.unreadable`, `settings.invalid`, `settings.backend_url`, `settings.journey_key`.
    """
    for candidate in (explicit, machine_file(), flavour):
        if candidate is not None and (candidate is explicit or _is_there(candidate)):
            return _read(candidate)
    return Settings()


def _is_there(path: Path) -> bool:
    """A file that may not be looked at is there: reading it says so."""
    try:
        return path.exists()
    except OSError:
        return True


def _read(path: Path) -> Settings:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("settings.unreadable", file=str(path), error=str(error)) from error
    import tomllib  # only where there are settings

    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError("settings.invalid", file=str(path), error=str(error)) from error
    known = {name: type(default) for name, default in Settings._field_defaults.items()}
    for name, value in found.items():
        if name not in known:
            raise SettingsError("settings.invalid", file=str(path), error=f"nobody knows a setting {name!r}")
        if type(value) is not known[name]:
            raise SettingsError("settings.invalid", file=str(path), error=f"{name}: {known[name].__name__} wanted, not {value!r}")
    settings = Settings(**found)
    for name, choices in (("language", LANGUAGES), ("virtual_headset", ("", "system", "memory"))):
        if getattr(settings, name) not in choices:
            raise SettingsError("settings.invalid", file=str(path), error=f"{name} {getattr(settings, name)!r} is none of {choices}")
    if settings.backend_url:
        check_backend_url(settings.backend_url)
    if settings.journey_key:
        _check_key(settings.journey_key)
    return settings


def check_backend_url(url: str) -> None:
    """HTTPS anywhere, plain HTTP on loopback only. Errors: SettingsError `settings.backend_url`."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as error:
        raise SettingsError("settings.backend_url", url=url, error=str(error)) from error
    if not host or parts.scheme not in {"http", "https"} or parts.username or parts.password or parts.query or parts.fragment:
        raise SettingsError("settings.backend_url", url=url, error="not a plain http(s) address")
    if parts.scheme == "http" and not is_loopback(host):
        raise SettingsError("settings.backend_url", url=url, error="plain http is for loopback only")


def _check_key(text: str) -> None:
    from app.contracts import keys
    from app.contracts.problems import ContractError

    try:
        raw = keys.from_text(text)
    except ContractError as error:
        raise SettingsError("settings.journey_key", error=str(error)) from error
    if len(raw) != 32:
        raise SettingsError("settings.journey_key", error=f"{len(raw)} bytes, 32 wanted")
