from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0006_imported_records")]

    operations = [
        migrations.AddField(
            model_name="publishedincident",
            name="csv_line",
            field=models.TextField(blank=True, default="", help_text="Its line of incidents.csv, addresses without the site."),
        ),
        migrations.AddField(
            model_name="publishedincident",
            name="feature",
            field=models.TextField(blank=True, default="", help_text="Its GeoJSON feature, likewise."),
        ),
    ]
