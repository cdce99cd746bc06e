"""Reception-desk software for Vietnamese one-stop shops."""

__version__ = "0.1.0"
