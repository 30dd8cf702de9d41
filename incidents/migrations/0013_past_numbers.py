import datetime

import django.db.models.deletion
from django.db import migrations, models


def mark_what_is_not_counted_yet(apps, schema_editor):
    """Of a record that was public before, rebuild_public counts what readers saw earlier; until then documents are added up."""
    if apps.get_model("incidents", "PublishedIncident").objects.exists():
        nothing = dict.fromkeys("incidents reported counted low best high open_ended".split(), 0)
        apps.get_model("incidents", "Total").objects.get_or_create(by="uncounted", key="", measure="", defaults=nothing)


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0012_pages_of_large_records"),
    ]

    operations = [
        migrations.CreateModel(
            name="PastIncident",
            fields=[
                ("valid_from", models.DateTimeField()),
                ("public_id", models.CharField(max_length=20)),
                ("recorded_at", models.DateTimeField()),
                ("date_start", models.DateField()),
                ("date_end", models.DateField()),
                ("kind", models.CharField(max_length=20)),
                ("province", models.CharField(blank=True, default="", max_length=100)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("evidence", models.CharField(max_length=20)),
                ("is_acknowledged", models.BooleanField(default=False)),
                ("is_disputed", models.BooleanField(default=False)),
                ("killed_low", models.PositiveIntegerField(null=True)),
                ("killed_best", models.PositiveIntegerField(null=True)),
                ("killed_high", models.PositiveIntegerField(null=True)),
                ("killed_open_ended", models.BooleanField(help_text="Null: nothing is reported.", null=True)),
                ("injured_low", models.PositiveIntegerField(null=True)),
                ("injured_best", models.PositiveIntegerField(null=True)),
                ("injured_high", models.PositiveIntegerField(null=True)),
                ("injured_open_ended", models.BooleanField(null=True)),
                ("missing_low", models.PositiveIntegerField(null=True)),
                ("missing_best", models.PositiveIntegerField(null=True)),
                ("missing_high", models.PositiveIntegerField(null=True)),
                ("missing_open_ended", models.BooleanField(null=True)),
                ("detained_low", models.PositiveIntegerField(null=True)),
                ("detained_best", models.PositiveIntegerField(null=True)),
                ("detained_high", models.PositiveIntegerField(null=True)),
                ("detained_open_ended", models.BooleanField(null=True)),
                (
                    "shared",
                    models.TextField(blank=True, default="", help_text="Where figures count it with others: its document, no words."),
                ),
                (
                    "row",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="past_numbers",
                        serialize=False,
                        to="incidents.publishedincident",
                    ),
                ),
                ("valid_to", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PastPeople",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField()),
                ("measure", models.CharField(max_length=10)),
                ("group", models.CharField(max_length=20)),
                ("nationality", models.CharField(blank=True, max_length=2)),
                ("low", models.PositiveIntegerField(null=True)),
                ("best", models.PositiveIntegerField(null=True)),
                ("high", models.PositiveIntegerField(null=True)),
                ("open_ended", models.BooleanField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="countedincident",
            name="valid_from",
            field=models.DateTimeField(default=datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="countedincident",
            index=models.Index(fields=["valid_from"], name="countedincident_by_begin"),
        ),
        migrations.AddIndex(
            model_name="pastincident",
            index=models.Index(fields=["valid_to", "valid_from"], name="pastincident_by_time"),
        ),
        migrations.AddField(
            model_name="pastpeople",
            name="row",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="people",
                to="incidents.pastincident",
            ),
        ),
        migrations.AddConstraint(
            model_name="pastpeople",
            constraint=models.UniqueConstraint(fields=("row", "measure", "group", "nationality"), name="pastpeople_once"),
        ),
        migrations.RunPython(mark_what_is_not_counted_yet, migrations.RunPython.noop, elidable=True),
    ]
