"""Rules about addresses that wizard and backend keep alike."""


def is_loopback(host: str) -> bool:
    """Whether a host (a name or an address) is this machine and nobody else: plain HTTP and plain SMTP are for those alone."""
    if host == "localhost":
        return True
    import ipaddress  # the wizard asks this of plain addresses only, after its first picture

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
