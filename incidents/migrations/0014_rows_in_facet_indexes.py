from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0013_past_numbers"),
    ]

    operations = [
        operation
        for model in ("incidentfacet", "statementfacet")
        for operation in (
            migrations.RemoveIndex(model_name=model, name=f"{model}_by_value"),
            migrations.AddIndex(model_name=model, index=models.Index(fields=["name", "value", "date", "row"], name=f"{model}_by_value")),
        )
    ]
