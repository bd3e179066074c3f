"""Marhaba: telework onboarding, from first boot to « ready to take calls »."""

__version__ = "0.1.0"
