"""Incidents, statements and figures as files, in our own layout and in those of other data sets."""
