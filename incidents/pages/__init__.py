"""What readers see of incidents beyond one document: numbers opened, accounts side by side, drawings, citations, changes."""
