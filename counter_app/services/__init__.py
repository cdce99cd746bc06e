"""The use cases: plain functions that check, build an operation and append it."""
