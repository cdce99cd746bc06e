"""What the program promises, one rule a test."""
