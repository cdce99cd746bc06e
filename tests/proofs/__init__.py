"""Proofs that nothing acknowledged is lost: `python3 dev.py prove kill`, `… prove powercut`."""
