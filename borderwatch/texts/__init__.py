"""Words: codes in plain language, dates, names across scripts, what differs between two texts."""
