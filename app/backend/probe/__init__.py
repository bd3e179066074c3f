"""What a wizard measures its line against: an echo, a download, an upload. Open to anybody, and harmless to everybody."""
