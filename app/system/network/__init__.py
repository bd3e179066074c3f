"""The way out of this PC."""
