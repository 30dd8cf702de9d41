"""Editors' own tables of sources, actors, articles, incidents and statements with their figures: a file for each, or one workbook.

columns.py     how a cell is read, and what an editor is told of its column
layouts.py     the columns of each table; reader, templates and documentation all come from here
sheets.py      a file's tables; which columns they have
rows.py        what one row tells
names.py       whom a cell names: by key, public id, slug, address, name or alias
known.py       which record on the desk a row is about
state.py       a record's values by column, as they are compared
parts.py       figures, labels, participants and links of a record
directory.py   the records of a file in memory
telling.py     from the cells of a row to what it tells
checking.py    is it possible, and what would it change
rules.py       the models' own constraints, asked without the database
plan.py        the first pass: what is new, changed, the same or in error; nothing is written
write.py       the second pass: one short transaction, recorded as a batch that undo.py can take back
publish.py     one release for what the imports brought
told.py        a plan in words
forgetting.py  what goes when somebody is protected by a code name
templates.py   empty tables to fill in
"""
