"""Every address of the site: the desk, the machine-readable addresses, then the pages in their languages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

import borderwatch.public.converters  # noqa: F401  (routes speak of the converters)
from borderwatch import media
from borderwatch.api.urls import file_addresses
from borderwatch.api.views import NothingHereView
from borderwatch.desk.invitations import InvitationView

urlpatterns = [
    path("media/<stored_image:name>", media.public_image, name="image"),
    path("admin/media/<stored_image:name>", admin.site.admin_view(media.desk_image), name="desk-image"),
    path("admin/invitation/<uidb64>/<token>/", InvitationView.as_view(), name="invitation"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("borderwatch.api.urls")),
    re_path("^api/", NothingHereView.as_view()),
    *file_addresses,
    path("", include("borderwatch.public.machine_urls")),
    *i18n_patterns(
        path("", include("borderwatch.public.page_urls")),
        path("", include("incidents.urls")),
        path("", include("sources.urls")),
        prefix_default_language=False,
    ),
]
