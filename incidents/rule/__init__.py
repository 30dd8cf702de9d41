"""Rule BW-1 in its steps, as pure functions: which figures may count, who says what, where accounts differ."""
