"""Headers and cookies: readers get none, editors get them under /admin/ alone."""

from django.contrib.sessions.middleware import SessionMiddleware


class DeskSessionMiddleware(SessionMiddleware):
    """Sessions for the desk only: a public page never reads or sets a cookie."""

    def process_request(self, request):
        super().process_request(request)
        if not is_desk(request):
            request.session = self.SessionStore(None)

    def process_response(self, request, response):
        return super().process_response(request, response) if is_desk(request) else response


def is_desk(request):
    return request.path_info.startswith("/admin/")


class PublicHeadersMiddleware:
    """Permissions-Policy everywhere; nothing behind a sign-in is ever stored by a cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        if is_desk(request):
            response.headers["Cache-Control"] = "private, no-store"
        return response
