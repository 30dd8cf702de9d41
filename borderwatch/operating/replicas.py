"""Replicas of the database for readers: which of them keep up with the primary. What a request reads of them stands in reading.py."""

import functools
import logging
import os
import socket
import threading
import time
from collections import deque
from contextlib import suppress

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections

logger = logging.getLogger("borderwatch.replicas")

LOOK_EVERY = 1.0
"""Seconds between two looks at a replica."""
LEFT_OUT_FOR = 10.0
"""Seconds for which a replica that failed a reader is not asked again."""
NEVER = float("-inf")

PRIMARY_AT = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"
REPLICA_AT = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') WHERE pg_is_in_recovery()"
"""How far the primary has written and the replica has replayed, in bytes: no clocks are compared, and an idle primary stands still."""


class NotFollowing(Exception):
    """The database named as a replica accepts writes: it follows nobody."""


def position(alias, question):
    """The answer of `alias` to PRIMARY_AT or REPLICA_AT. Raises NotFollowing."""
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        found = cursor.fetchone()
    if found is None or found[0] is None:
        raise NotFollowing
    return found[0]


class Replica:
    """One replica as this process knows it.

    `current_at`: the last moment (monotonic seconds) of which it surely shows all that the primary showed. It is read while that lies
    less than REPLICA_MAX_LAG seconds back: for it to be left out nothing has to happen. `in_use`: connections that read it now.
    """

    def __init__(self, alias):
        self.alias, self.trouble, self.was_fit = alias, "not asked yet", False
        self.current_at, self.away_until, self.seen = NEVER, NEVER, deque()
        self.waited_for_since, self.in_use = None, set()

    @property
    def is_fit(self):
        now = time.monotonic()
        return self.away_until <= now < self.current_at + settings.REPLICA_MAX_LAG

    @property
    def state(self):
        """In words that name no machine: whether readers read it, and if not, why."""
        return "read" if self.is_fit else f"left out: {self.trouble}"

    def look(self):
        """Ask the primary, then the replica: in this order the replica can only look older than it is."""
        asked_at, self.trouble = time.monotonic(), "the primary does not answer"
        self.seen.append((asked_at, position(DEFAULT_DB_ALIAS, PRIMARY_AT)))
        while self.seen[0][0] < asked_at - settings.REPLICA_MAX_LAG:
            self.seen.popleft()
        self.trouble, self.waited_for_since = "it does not answer", time.monotonic()
        replayed = position(self.alias, REPLICA_AT)
        self.waited_for_since = None
        self.trouble = f"it is more than {settings.REPLICA_MAX_LAG} s behind"
        self.current_at = max((moment for moment, written in self.seen if written <= replayed), default=NEVER)

    def lose(self, error, seconds=LEFT_OUT_FOR):
        """Leave it out for some seconds because of `error`."""
        if isinstance(error, NotFollowing):
            self.trouble = "it accepts writes, so it is no replica"
        self.waited_for_since = None
        self.current_at, self.away_until = NEVER, max(self.away_until, time.monotonic() + seconds)
        self.tell(error)

    def tell(self, error=""):
        """Log when readers begin or cease to read it."""
        if self.is_fit != self.was_fit:
            self.was_fit = not self.was_fit
            logger.warning("%s: %s. %s", self.alias, self.state, str(error).strip())

    def follow(self):
        """Look for ever. A look that hangs does no harm: what is known of the replica runs out meanwhile."""
        self.in_use.add(connections[self.alias])
        while True:
            try:
                self.look()
                self.tell()
            except Exception as error:  # whatever the driver says, the answer is to read the primary
                self.lose(error, seconds=LOOK_EVERY)
                close_old_connections()
            time.sleep(LOOK_EVERY)

    @property
    def hangs(self):
        """Whether it keeps its connections and says nothing, as a machine does whose disk stands still."""
        since = self.waited_for_since
        return since is not None and time.monotonic() > since + settings.REPLICA_MAX_LAG

    def hang_up(self):
        """End the connections on which it is waited for: who waits for it then asks the primary."""
        for database in list(self.in_use):
            # What was ended, or never begun, fails in one way or another.
            with suppress(Exception), socket.socket(fileno=os.dup(database.connection.fileno())) as end:
                end.shutdown(socket.SHUT_RDWR)

    def guard(self):
        """Hang up for ever where it hangs: PostgreSQL's client itself waits without a limit."""
        while True:
            time.sleep(LOOK_EVERY)
            if self.hangs:
                self.hang_up()


@functools.cache
def replicas():
    return [Replica(alias) for alias in settings.REPLICAS]


begun = threading.Lock()
followed_by = set()
"""Ids of the processes that follow the replicas: threads do not outlive a fork."""


def follow_all():
    """Follow every replica from threads of its own, begun with the first request that a process answers."""
    with begun:
        if os.getpid() in followed_by:
            return
        followed_by.add(os.getpid())
    for replica in replicas():
        for work in (replica.follow, replica.guard):
            threading.Thread(target=work, name=replica.alias, daemon=True).start()
