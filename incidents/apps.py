from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    name = "incidents"
    verbose_name = _("Incidents, actors and statements")

    def import_models(self):
        """The desk stands in models, the public tables in published."""
        super().import_models()
        import_module("incidents.published")

    def ready(self):
        from borderwatch.public.sitemaps import FURTHER
        from borderwatch.texts.translations import NAMERS
        from incidents.imports.tables.forgetting import forget_true_names
        from incidents.places import names_in
        from incidents.roles import make_roles
        from incidents.sitemaps import PlaceSitemap

        NAMERS.append(names_in)
        FURTHER["place"] = PlaceSitemap
        post_migrate.connect(make_roles)
        post_save.connect(forget_true_names, sender="borderwatch.Identity")
