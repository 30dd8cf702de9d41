"""How often one address may ask the API, counted so that processes that share a cache share the limit too."""

from rest_framework.throttling import AnonRateThrottle


class ApiThrottle(AnonRateThrottle):
    """At most so many requests within any span of the rate's length.

    REST framework's own reads a list of moments, adds to it and writes it back: of two requests at once one is not counted. Here the
    cache counts, in windows of the rate's length; of the window before counts the share that still lies within the span.
    """

    def allow_request(self, request, view):
        if self.rate is None:
            return True
        window, self.passed = divmod(self.timer(), self.duration)
        name = self.get_cache_key(request, view)
        self.before = self.cache.get(f"{name}-{window - 1:.0f}", 0)
        self.counted = self.count(f"{name}-{window:.0f}")
        is_allowed = self.counted + self.before * (1 - self.passed / self.duration) <= self.num_requests
        if not is_allowed:  # what is refused does not count
            self.count(f"{name}-{window:.0f}", -1)
        return is_allowed

    def count(self, key, one=1):
        """How many have asked in this window, with `one` more."""
        if self.cache.add(key, one, 2 * self.duration):
            return one
        try:
            return self.cache.incr(key, one)
        except ValueError:  # forgotten since the line above
            self.cache.set(key, one, 2 * self.duration)
            return one

    def wait(self):
        """Seconds after which asking again may be answered."""
        asked, room = self.counted - 1, self.num_requests - self.counted
        if room >= 0:
            found = self.duration * (1 - room / self.before) - self.passed
        else:
            found = self.duration - self.passed + self.duration * (1 - (self.num_requests - 1) / asked)
        return min(max(found, 1), self.duration)
