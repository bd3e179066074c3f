"""Disk and wire. No Qt."""
