"""Every address of the site: the API and machine-readable addresses, the desk, then the pages in their languages."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
