"""Primary keys as browsers send them."""


def is_key(value):
    """Whether `value` can be a primary key of ours."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 19
