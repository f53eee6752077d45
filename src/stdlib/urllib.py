"""Work with URLs."""
