"""What the reception desk's world is made of: pure values and rules, without window or disk."""
