"""How this PC is told to ask the tunnel's name servers. On Linux OpenVPN itself never does it."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

_LIMIT_S = 5.0


class Names(Protocol):
    def apply(self, device: str, dns: Sequence[str], domains: Sequence[str], full: bool) -> bool:
        """Whether names now go through the tunnel. Blocking, within seconds; never raises."""
        ...

    def revert(self, device: str) -> None:
        """Never raises; twice does no harm."""
        ...


class NoNames:
    """Nothing here that can be told without changing files of the system."""

    def apply(self, device: str, dns: Sequence[str], domains: Sequence[str], full: bool) -> bool:
        return False

    def revert(self, device: str) -> None:
        return None


class Resolved:
    """systemd-resolved, through resolvectl(1). It forgets by itself what belonged to a device that is gone."""

    def __init__(self, program: str = "resolvectl") -> None:
        self._program = program

    @staticmethod
    def runs() -> bool:
        return Path("/run/systemd/resolve/io.systemd.Resolve").exists() and shutil.which("resolvectl") is not None

    def apply(self, device: str, dns: Sequence[str], domains: Sequence[str], full: bool) -> bool:
        if not device:
            return False
        # « ~ » routes only: the company's names go through the tunnel, « ~. » all of them.
        routed = [*domains, *(["~."] if full or not domains else [])]
        told = self._run("dns", device, *dns) and self._run("domain", device, *routed)
        return told and self._run("default-route", device, "yes" if full else "no")

    def revert(self, device: str) -> None:
        if device:
            self._run("revert", device)

    def _run(self, *words: str) -> bool:
        try:
            return subprocess.run([self._program, *words], capture_output=True, timeout=_LIMIT_S, check=False).returncode == 0
        except (OSError, subprocess.TimeoutExpired):
            return False


class ResolvFile:
    """A resolv.conf(5) that is this program's own (a mount of its own over /etc/resolv.conf, as the demo has)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._before: str | None = None

    def apply(self, device: str, dns: Sequence[str], domains: Sequence[str], full: bool) -> bool:
        try:
            if self._before is None:
                self._before = self._path.read_text("utf-8")
            lines = [f"nameserver {address}" for address in dns] + ([f"search {' '.join(domains)}"] if domains else [])
            # At most three servers are asked (resolv.conf(5)); the first is asked first.
            self._write("\n".join([*lines, "options timeout:2 attempts:2", self._before]))
        except OSError:
            return False
        return True

    def revert(self, device: str) -> None:
        if self._before is not None:
            try:
                self._write(self._before)
            except OSError:
                return
            self._before = None

    def _write(self, text: str) -> None:
        # In place: a rename would leave the mount.
        with self._path.open("r+", encoding="utf-8") as file:
            file.write(text)
            file.truncate()
            os.fsync(file.fileno())


def of_system() -> Names:
    return Resolved() if Resolved.runs() else NoNames()
