"""What can be typed, one module a command."""
