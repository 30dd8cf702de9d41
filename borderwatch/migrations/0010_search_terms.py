"""SQLite's words one by one, read out of the index that is there; nothing is stored."""

from django.db import migrations

from borderwatch.search import create_terms, drop_terms


class Migration(migrations.Migration):
    dependencies = [("borderwatch", "0009_waiting_leads")]

    operations = [migrations.RunPython(create_terms, drop_terms)]
