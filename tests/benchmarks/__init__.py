"""Benchmarks: `python3 dev.py bench`. What they measure is in docs/benchmarks.md."""
