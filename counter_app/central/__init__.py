"""The centre: where the journals of all desks come together, and where citizens look."""
