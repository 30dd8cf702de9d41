"""Django's admin with our own site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "borderwatch.desk.site.DeskSite"
