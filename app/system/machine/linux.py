"""Linux: `/etc/machine-id`, DMI as far as it is world-readable (serials usually are root's), os-release."""

import platform
import socket
from pathlib import Path

from app.contracts.enrolment import MachineFacts
from app.system.machine import hashed_id

# What makers write where a serial should be.
_PLACEHOLDERS = frozenset(
    {
        "",
        "none",
        "not specified",
        "system serial number",
        "system manufacturer",
        "system product name",
        "to be filled by o.e.m.",
        "default string",
        "0",
        # systemd's, in an image that was never booted: every PC laid from it would have the same.
        "uninitialized",
    }
)


class LinuxMachine:
    def __init__(self, root: Path = Path("/")) -> None:
        self._root = root

    def facts(self) -> MachineFacts:
        return MachineFacts(
            machine_id=hashed_id(self._first("etc/machine-id", "var/lib/dbus/machine-id")),
            host_name=socket.gethostname(),
            serial=self._first(
                "sys/class/dmi/id/product_serial", "sys/class/dmi/id/chassis_serial", "sys/devices/virtual/dmi/id/board_serial"
            ),
            model=" ".join(filter(None, (self._first("sys/class/dmi/id/sys_vendor"), self._first("sys/class/dmi/id/product_name")))),
            os=self._os(),
        )

    def _first(self, *paths: str) -> str:
        for path in paths:
            try:
                text = (self._root / path).read_text("utf-8", "replace").strip()
            except OSError:
                continue
            if text.lower() not in _PLACEHOLDERS:
                return text[:4000]
        return ""

    def _os(self) -> str:
        for line in self._first("etc/os-release", "usr/lib/os-release").splitlines():
            name, _, value = line.partition("=")
            if name == "PRETTY_NAME":
                return value.strip().strip("\"'")
        return f"{platform.system()} {platform.release()}"
