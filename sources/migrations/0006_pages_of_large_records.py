from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("borderwatch", "0009_waiting_leads"),
        ("sources", "0005_packed_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedarticle",
            name="is_correction",
            field=models.BooleanField(default=False, help_text="Whether the list of corrections tells it."),
        ),
        migrations.AddField(
            model_name="publishedsource",
            name="is_correction",
            field=models.BooleanField(default=False, help_text="Whether the list of corrections tells it."),
        ),
        migrations.AddIndex(
            model_name="publishedarticle",
            index=models.Index(fields=["uid", "number"], name="publishedarticle_by_uid"),
        ),
        migrations.AddIndex(
            model_name="publishedarticle",
            index=models.Index(condition=models.Q(("is_correction", True)), fields=["edition"], name="publishedarticle_corrections"),
        ),
        migrations.AddIndex(
            model_name="publishedarticle",
            index=models.Index(
                condition=models.Q(("is_sealed", False), ("is_tombstone", False), ("valid_to__isnull", True)),
                fields=["-published_on", "valid_to", "is_tombstone", "is_sealed"],
                name="publishedarticle_now_by_date",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedarticle",
            index=models.Index(
                condition=models.Q(("is_sealed", False), ("is_tombstone", False), ("valid_to__isnull", True)),
                fields=["source_uid", "-published_on", "valid_to", "is_tombstone", "is_sealed"],
                name="publishedarticle_now_by_source",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedsource",
            index=models.Index(fields=["uid", "number"], name="publishedsource_by_uid"),
        ),
        migrations.AddIndex(
            model_name="publishedsource",
            index=models.Index(condition=models.Q(("is_correction", True)), fields=["edition"], name="publishedsource_corrections"),
        ),
    ]
