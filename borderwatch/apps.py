from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, pre_delete


class BorderWatchConfig(AppConfig):
    name = "borderwatch"
    verbose_name = "BorderWatch"

    def ready(self):
        from borderwatch.desk.sign_ins import remember
        from borderwatch.records import Record, refuse_to_delete_what_was_public
        from borderwatch.triggers import create_after_migrate

        post_migrate.connect(create_after_migrate, sender=self)
        user_logged_in.connect(remember)
        for model in apps.get_models():
            if issubclass(model, Record):
                pre_delete.connect(refuse_to_delete_what_was_public, sender=model)
