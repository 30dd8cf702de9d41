"""Events of other data sets, from a file to the desk: one path for the command and the admin page.

reading.py     a file's records with the row numbers that a spreadsheet shows
cells.py       values of one row, with a reason for each that cannot be read
ucdp_ged.py acled.py   what a layout's columns mean
plan.py        the first pass: what is new, changed, the same or in error; nothing is written
write.py       the second pass: one short transaction, recorded as a batch that undo.py can take back
"""
