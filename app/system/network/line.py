"""Whether the line changed: the address this PC would speak from. No packet is sent, nothing is resolved."""

import socket

# Documentation addresses (RFC 5737, RFC 3849): never a real host; only the routing table is asked.
_NOWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


def source_address() -> str:
    """The local address of the default route, empty with no route (cable out, Wi-Fi gone)."""
    for family, nowhere in _NOWHERE:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((nowhere, 9))
                return str(probe.getsockname()[0])
        except OSError:
            continue
    return ""
