from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_delete


class BorderWatchConfig(AppConfig):
    name = "borderwatch"
    verbose_name = "BorderWatch"

    def ready(self):
        from borderwatch.records import Record, refuse_to_delete_what_was_public
        from borderwatch.triggers import create_after_migrate

        post_migrate.connect(create_after_migrate, sender=self)
        for model in apps.get_models():
            if issubclass(model, Record):
                pre_delete.connect(refuse_to_delete_what_was_public, sender=model)
