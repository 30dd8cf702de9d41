"""Tajik: 24 декабри соли 2025."""

DATE_FORMAT = "j E соли Y"
SHORT_DATE_FORMAT = "j M Y"
YEAR_MONTH_FORMAT = "E соли Y"
MONTH_DAY_FORMAT = "j F"
DATETIME_FORMAT = "j E соли Y, H:i"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
FIRST_DAY_OF_WEEK = 1
# Coordinates and drawings use a point in every language.
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = "\xa0"
