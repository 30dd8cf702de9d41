"""Tallies as they are asked: small rows kept beside the public ones, added up by the database; the rule itself is in incidents/rule."""
