"""At most so many requests a second to one service, from all threads of this process together."""

import threading
import time
from collections.abc import Callable


class Limiter:
    """Hands out moments to send at, evenly spaced."""

    def __init__(
        self, per_second: float, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._interval_s = 1 / per_second
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._free_at: float | None = None

    def wait(self) -> None:
        """Return when the next request may be sent."""
        with self._lock:
            now = self._clock()
            moment = now if self._free_at is None else max(now, self._free_at)
            self._free_at = moment + self._interval_s
        # Asleep without the lock: those who come later queue behind this moment, not behind this thread.
        if moment > now:
            self._sleep(moment - now)

    def slow_to(self, per_second: float) -> None:
        """Keep to this pace too, where it is the slower one."""
        with self._lock:
            self._interval_s = max(self._interval_s, 1 / per_second)


# The one state this package has: a service counts requests by address and key, whichever part of the program sends them.
_LOCK = threading.Lock()
_LIMITERS: dict[str, Limiter] = {}


def limiter_of(service: str, per_second: float) -> Limiter:
    """The limiter that this process has for a service; of two paces asked for, the slower holds."""
    with _LOCK:
        limiter = _LIMITERS.setdefault(service, Limiter(per_second))
    limiter.slow_to(per_second)
    return limiter
