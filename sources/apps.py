from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = _("Sources and articles")

    def import_models(self):
        """The desk stands in models, the public tables in published."""
        super().import_models()
        import_module("sources.published")
