"""Whole lists and the whole data set as files."""
