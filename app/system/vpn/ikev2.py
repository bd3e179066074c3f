"""IKEv2 profiles: a small TOML of our own, as systems have no form in common. User and password (EAP), gateway by certificate. Pure.

gateway = "vpn.example.com"        the name in its certificate, too, unless `identity` says another
identity = "vpn.example.com"
authority = "-----BEGIN CERTIFICATE----- ..."   the authority, where the system does not trust it already
full = false                       all traffic, or only `routes`
routes = ["10.50.0.0/16"]
domains = ["intra.example"]
"""

import hashlib
import ipaddress
import re
import tomllib
from dataclasses import dataclass

import msgspec

from app.core.errors import TunnelError
from app.core.tunnel import Kind, Remote, TunnelProfile
from app.system.vpn import pem

LARGEST = 65_536
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,252})")


class _Form(msgspec.Struct, forbid_unknown_fields=True):
    gateway: str
    identity: str = ""
    authority: str = ""
    full: bool = False
    routes: list[str] = []
    domains: list[str] = []


@dataclass(frozen=True)
class IkeProfile(TunnelProfile):
    identity: str = ""
    authority: str = ""
    domains: tuple[str, ...] = ()

    @property
    def gateway(self) -> str:
        return self.remotes[0].host


def parse(name: str, raw: bytes) -> IkeProfile:
    """Errors: TunnelError `vpn.profile_broken` (line, error). Nothing else."""
    if len(raw) > LARGEST:
        raise TunnelError("vpn.profile_broken", line=0, error=f"past {LARGEST} bytes")
    try:
        form = msgspec.convert(tomllib.loads(raw.decode("utf-8")), _Form)
        identity = form.identity or form.gateway
        for text in (form.gateway, identity, *form.domains):
            # Never a « - » in front: they become arguments of programs.
            if not _NAME.fullmatch(text):
                raise ValueError(f"not a name: {text[:60]}")
        routes = tuple(str(ipaddress.ip_network(text, strict=False)) for text in form.routes)
        authority = pem.checked("ca", form.authority) if form.authority else ""
    except (ValueError, msgspec.ValidationError) as error:
        raise TunnelError("vpn.profile_broken", line=0, error=str(error)[:200]) from error
    return IkeProfile(
        name=name,
        kind=Kind.IKEV2,
        remotes=(Remote(form.gateway, 500, "udp"),),
        asks_password=True,
        full=form.full,
        routes=routes,
        sha256=hashlib.sha256(raw).hexdigest(),
        identity=identity,
        authority=authority,
        domains=tuple(form.domains),
    )
