"""A source or actor that is protected by a code name: what imports kept of its true name goes too."""

from incidents.imports.tables.layouts import BY_KIND
from incidents.models import ImportedRecord


def forget_true_names(sender, instance, **kwargs):
    """post_save of an Identity. The key goes as well: it is often the name, and the same file would bring the name back."""
    hidden = {"slug", *BY_KIND[instance.record].model.identity_fields}
    for one in ImportedRecord.objects.filter(kind=instance.record, uid=instance.uid):
        one.key = f"={instance.uid.hex}"
        one.told, one.before = ({name: value for name, value in told.items() if name not in hidden} for told in (one.told, one.before))
        one.save()
