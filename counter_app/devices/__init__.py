"""Printers behind a small protocol: what stands on the desk differs from office to office."""
