"""The 4G box behind the PC: found, read, and asked for nothing it did not offer."""
