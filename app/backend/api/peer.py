"""Who asks: for the record an address, for a limit whoever has it."""

import ipaddress
from typing import Any

from litestar import Request

from app.contracts.addresses import is_loopback


def address_of(request: Request[Any, Any, Any]) -> str:
    """The client's address: the peer's, or what a reverse proxy on this machine says it saw (the last one it named)."""
    peer = request.client.host if request.client else ""
    if not is_loopback(peer):
        return peer
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(named))
    except ValueError:
        return peer


def caller(request: Request[Any, Any, Any]) -> str:
    """Who counts as one caller in a limit: an IPv4 address; of IPv6 the /64, which one subscriber has whole (RFC 6177 section 2).

    Behind a proxy on this machine that is the address the proxy saw: or one person's wrong tries would lock everybody out.
    """
    address = address_of(request)
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
