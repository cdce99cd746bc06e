"""Reads forms/: the law as files, checked whole and refused with the place that is wrong."""
