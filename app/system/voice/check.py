"""Before anything is measured: is this the internet, is that our server, and has it a place for us?"""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.core.errors import ProbeError
from app.system.voice import http

LIMIT_S = 5.0
_NAME_BYTES = 8


@dataclass(frozen=True)
class Offer:
    test: bytes
    udp_port: int
    max_bytes: int


async def check(place: http.Place, portal: http.Place) -> Offer:
    """The server's offer, within `LIMIT_S`. `portal` is asked for /generate_204 in plain HTTP, which a captive portal would answer.

    An offer that came by verified TLS is proof enough that no portal stands between; over plain HTTP the 204 must be exact as well.
    Errors: ProbeError `box.portal`, `box.probe_unreachable`, `box.probe_busy`.
    """
    offered, found = await asyncio.gather(_offer(place), caught(portal, lenient=place.tls is not None))
    proven = isinstance(offered, Offer) or offered.code == "box.probe_busy"
    if found and not (proven and place.tls is not None):
        raise ProbeError("box.portal", answer=found)
    if not isinstance(offered, Offer):
        raise offered
    return offered


async def _offer(place: http.Place) -> Offer | ProbeError:
    try:
        head, body = await http.get_small(place, "/v1/probe", LIMIT_S)
        found = http.json_object(body)
        if head.status == 503 and found["code"] == "probe.busy":
            return ProbeError("box.probe_busy", retry_after=found.get("retry_after"))
        if head.status != 200:
            return ProbeError("box.probe_unreachable", status=head.status)
        offer = Offer(bytes.fromhex(found["test"]), int(found["udp_port"]), int(found["max_bytes"]))
    except (*http.FAILURES, KeyError, TypeError, AttributeError) as error:
        return ProbeError("box.probe_unreachable", error=type(error).__name__)
    if len(offer.test) != _NAME_BYTES or not 0 <= offer.udp_port <= 65535 or offer.max_bytes <= 0:
        return ProbeError("box.probe_unreachable", error="offer")
    return offer


async def caught(portal: http.Place, lenient: bool) -> str:
    """What answered instead of our 204; empty where nothing wrong was seen. Nobody answering is no portal.

    `lenient`: the port is not our server's own, so that its « not found » or its way to HTTPS proves nothing.
    """
    try:
        head, body = await http.get_small(portal, "/generate_204", LIMIT_S, most=1)
    except ValueError:
        return "" if lenient else "not HTTP"
    except http.FAILURES:
        return ""
    if head.status == 204 and not body:
        return ""
    target = urlsplit(head.location)
    own_https = 300 <= head.status < 400 and target.scheme == "https" and target.hostname == portal.host
    if lenient and (own_https or (head.status >= 400 and head.status != 511)):
        return ""
    return f"HTTP {head.status}"
