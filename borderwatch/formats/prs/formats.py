"""Dari: 24 دسمبر 2025, with Western numerals."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j F Y"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
FIRST_DAY_OF_WEEK = 6
# Coordinates and drawings use a point in every language.
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = "\xa0"
