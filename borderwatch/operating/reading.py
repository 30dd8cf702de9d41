"""Which database a request reads: a replica for readers, the primary for everybody and everything else.

A request decides once, before it reads anything, so that the version that names an answer (ETag, kept answers) and the rows that it is
made of come from one database. None of this is installed where DATABASE_REPLICA_URL names no replica (docs/decisions/0009).
"""

import itertools
from contextvars import ContextVar

from django.conf import settings
from django.core.signals import request_finished
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.utils.cache import patch_cache_control

from borderwatch.middleware import is_desk
from borderwatch.operating.replicas import follow_all, replicas

GONE_WITHIN = 60
"""Seconds after which what was withdrawn may stand in nobody's cache."""

chosen = ContextVar("the replica that the present request reads", default=None)
turns = itertools.count()


def is_reader(request):
    """Whether it asks for the public record alone: editors, known by their cookie, see at once what they published."""
    return request.method in ("GET", "HEAD") and not is_desk(request) and settings.SESSION_COOKIE_NAME not in request.COOKIES


def read_replica():
    """Let this request read one of the replicas that keep up, in turn; the primary, where none does."""
    fit = [replica for replica in replicas() if replica.is_fit]
    if fit:
        replica = fit[next(turns) % len(fit)]
        replica.in_use.add(connections[replica.alias])
        chosen.set(replica)


def read_primary(**signal):
    if replica := chosen.get():
        replica.in_use.discard(connections[replica.alias])
        chosen.set(None)


# An answer that is streamed is read after the middleware has returned it.
request_finished.connect(read_primary, dispatch_uid="read_primary")


def replica_failed(error):
    """Whether `error` says that the replica which this request reads does not answer."""
    return chosen.get() is not None and isinstance(error, OperationalError | InterfaceError)


class ReplicaMiddleware:
    """Decides for each request; what a replica fails to answer is asked of the primary, from the beginning."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        follow_all()
        read_primary()
        if is_reader(request):
            read_replica()
        response = self.get_response(request)
        if chosen.get() and "max-age" in response.headers.get("Cache-Control", ""):
            # A cache that asks last, just before the replica learns of a withdrawal, must forget that much sooner.
            patch_cache_control(response, max_age=GONE_WITHIN - settings.REPLICA_MAX_LAG)
        return response

    def process_exception(self, request, error):
        if replica_failed(error):
            chosen.get().lose(error)
            read_primary()
            view = request.resolver_match
            return view.func(request, *view.args, **view.kwargs)


class ReplicaRouter:
    """Reads where the request decided, writes on the primary; what follows a write is read there too."""

    def db_for_read(self, model, **hints):
        replica = chosen.get()
        return replica and replica.alias

    def db_for_write(self, model, **hints):
        read_primary()
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, alias, app_label, **hints):
        return False if alias in settings.REPLICAS else None
