"""Whether the line changed: the address this PC would speak from. No packet is sent, nothing is resolved."""

import socket

# TEST-NET-1 (RFC 5737): never a real host; only the routing table is asked.
_NOWHERE = ("192.0.2.1", 9)


def source_address() -> str:
    """The local address of the default route, empty with no route (cable out, Wi-Fi gone)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOWHERE)
            return str(probe.getsockname()[0])
        except OSError:
            return ""
