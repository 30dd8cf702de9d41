"""What helps editors of incidents: words read as numbers, quotes found in a text, look-alikes, corrections."""
