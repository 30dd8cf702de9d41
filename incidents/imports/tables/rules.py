"""The models' own rules for one record: its fields, clean() and constraints.

full_clean() asks the database about every constraint and every unique field of every record: a minute for 20,000 rows. The same
constraints are asked here in Python, and what is unique for the whole file at once.
"""

import operator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, F, ForeignKey, Q
from django.utils.translation import gettext as _

COMPARED = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, others: value in others,
    "range": lambda value, span: span[0] <= value <= span[1],
}


def problems_of(record, also_not=()):
    """[(field, reason)] of what the model refuses; foreign keys were found already. `also_not`: fields that are not asked."""
    references = [field.name for field in record._meta.fields if isinstance(field, ForeignKey)]
    found = []
    for ask in (lambda: record.clean_fields(exclude={*references, *also_not}), record.clean):
        try:
            ask()
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
            found += [("" if name == NON_FIELD_ERRORS else name, " ".join(reasons)) for name, reasons in told.items()]
    return found or broken_constraints(record)


def broken_constraints(record):
    """[(field, reason)] of check constraints that the record breaks."""
    for constraint in record._meta.constraints:
        if isinstance(constraint, CheckConstraint) and holds(constraint.condition, record) is False:
            *_others, name = fields_of(constraint.condition)
            yield name, _("contradicts the rule “%(rule)s”") % {"rule": constraint.name.replace("_", " ")}


def fields_of(condition):
    for child in condition.children:
        if isinstance(child, Q):
            yield from fields_of(child)
        else:
            yield child[0].split("__")[0]


def holds(condition, record):
    """Whether a Q holds for a record as SQL has it: True, False, or None where a value is missing. The database refuses False alone."""
    answers = [holds(child, record) if isinstance(child, Q) else compared(*child, record) for child in condition.children]
    if condition.connector == Q.AND:
        answer = False if False in answers else None if None in answers else True
    else:
        answer = True if True in answers else None if None in answers else False
    return answer if answer is None or not condition.negated else not answer


def compared(lookup, wanted, record):
    name, _underscores, how = lookup.partition("__")
    value, wanted = value_of(name, record), value_of(wanted.name, record) if isinstance(wanted, F) else wanted
    if how == "isnull":
        return (value is None) == wanted
    return None if value is None or wanted is None else COMPARED[how or "exact"](value, wanted)


def value_of(name, record):
    """A field's value; of a foreign key the record itself, so that one that is not saved yet counts too."""
    field = None if name == "pk" else record._meta.get_field(name)
    if name == "pk":
        return record
    return getattr(record, name) if isinstance(field, ForeignKey) else field.to_python(getattr(record, name))
