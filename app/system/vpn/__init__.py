"""The VPN client of this PC, behind `core.tunnel.Vpn`."""
