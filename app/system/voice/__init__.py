"""How well the line carries a voice call, measured against the backend's bench."""
