from django.db import migrations

from borderwatch.search import create_table, drop_table


class Migration(migrations.Migration):
    dependencies = [("borderwatch", "0001_initial")]

    operations = [migrations.RunPython(create_table, drop_table)]
