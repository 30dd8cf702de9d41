"""The door for web servers: `gunicorn borderwatch.wsgi`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse

from borderwatch.operating.waiting import InTurn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borderwatch.settings")

application = InTurn(get_wsgi_application(), settings.LONGEST_WAIT)

# Addresses with their views and the pages that are asked most are read once, before gunicorn forks, not for every process's first reader.
reverse("home")
for name in ("incidents/incident_list.html", "incidents/incident_detail.html"):
    get_template(name)
