"""What travels between wizard and backend, defined once. Neither Qt, nor disk, nor network lives here."""
