"""Who asks: the address that the site's own proxies vouch for, never one that a client claims."""

from django.conf import settings


def client_address(request):
    """The address before the last BORDERWATCH_PROXIES proxies; without a proxy, or a proxy that says nothing, that of the connection."""
    count = settings.REST_FRAMEWORK["NUM_PROXIES"]
    forwarded = [address.strip() for address in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if address.strip()]
    return forwarded[-min(count, len(forwarded))] if count and forwarded else request.META.get("REMOTE_ADDR", "")
