"""Addresses of public pages."""

from django.urls import reverse


def in_this_language(path):
    """A path such as "/incidents/BW-2025-0001/" with the prefix of the page's language ("/ru")."""
    return reverse("home").rstrip("/") + path
