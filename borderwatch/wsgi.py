"""The door for web servers: `gunicorn borderwatch.wsgi`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from borderwatch.operating.waiting import InTurn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borderwatch.settings")

application = InTurn(get_wsgi_application(), settings.LONGEST_WAIT)
