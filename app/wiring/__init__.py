"""The one place that knows every room of the wizard and puts them together."""

from app.wiring.wizard import Wizard

__all__ = ["Wizard"]
