"""What comes out on paper: looked at, read back and scanned again."""
