"""Rules and values, without window, disk or network."""
