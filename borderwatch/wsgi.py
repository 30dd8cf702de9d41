"""The door for web servers: `gunicorn borderwatch.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borderwatch.settings")

application = get_wsgi_application()
