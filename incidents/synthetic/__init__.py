"""A made-up record of any size, for trials of speed."""
