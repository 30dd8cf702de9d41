from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("borderwatch", "0009_waiting_leads"),
        ("incidents", "0011_counted_incidents"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="publishedstatement",
            name="publishedstatement_tallies",
        ),
        migrations.RemoveField(
            model_name="publishedstatement",
            name="is_tally",
        ),
        migrations.AddField(
            model_name="publishedactor",
            name="is_correction",
            field=models.BooleanField(default=False, help_text="Whether the list of corrections tells it."),
        ),
        migrations.AddField(
            model_name="publishedincident",
            name="is_correction",
            field=models.BooleanField(default=False, help_text="Whether the list of corrections tells it."),
        ),
        migrations.AddField(
            model_name="publishedstatement",
            name="is_correction",
            field=models.BooleanField(default=False, help_text="Whether the list of corrections tells it."),
        ),
        migrations.AddIndex(
            model_name="publishedactor",
            index=models.Index(fields=["uid", "number"], name="publishedactor_by_uid"),
        ),
        migrations.AddIndex(
            model_name="publishedactor",
            index=models.Index(condition=models.Q(("is_correction", True)), fields=["edition"], name="publishedactor_corrections"),
        ),
        migrations.AddIndex(
            model_name="publishedincident",
            index=models.Index(fields=["uid", "number"], name="publishedincident_by_uid"),
        ),
        migrations.AddIndex(
            model_name="publishedincident",
            index=models.Index(condition=models.Q(("is_correction", True)), fields=["edition"], name="publishedincident_corrections"),
        ),
        migrations.AddIndex(
            model_name="publishedstatement",
            index=models.Index(fields=["uid", "number"], name="publishedstatement_by_uid"),
        ),
        migrations.AddIndex(
            model_name="publishedstatement",
            index=models.Index(condition=models.Q(("is_correction", True)), fields=["edition"], name="publishedstatement_corrections"),
        ),
        migrations.AddIndex(
            model_name="publishedstatement",
            index=models.Index(
                condition=models.Q(("is_sealed", False), ("is_tombstone", False), ("valid_to__isnull", True)),
                fields=["act", "-said_on", "said_until", "valid_to", "is_tombstone", "is_sealed"],
                name="publishedstatement_now_by_act",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedstatement",
            index=models.Index(
                condition=models.Q(("is_sealed", False), ("is_tombstone", False), ("valid_to__isnull", True)),
                fields=["article_uid", "valid_to", "is_tombstone", "is_sealed"],
                name="publishedstatement_by_article",
            ),
        ),
    ]
