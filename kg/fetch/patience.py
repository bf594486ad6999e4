"""How often to ask again, and how long to wait before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime


@dataclass(frozen=True)
class Patience:
    """After each failure the pause doubles; chance takes up to half of it away, so that many clients do not come back at once."""

    #: Requests in all, for one answer.
    requests: int = 7
    first_pause_s: float = 1.0
    longest_pause_s: float = 60.0
    #: A service that asks for more has closed for the day, and the user should hear of it.
    longest_asked_for_s: float = 300.0

    def pause_s(self, failures: int, *, asked_for_s: float | None, chance: Callable[[], float]) -> float:
        """Seconds to wait after that many failures, never less than the service asked for; ``chance`` gives 0 to 1."""
        full_s = min(self.first_pause_s * 2.0 ** (failures - 1), self.longest_pause_s)
        pause_s = full_s * (1 - chance() / 2)
        return pause_s if asked_for_s is None else max(pause_s, asked_for_s)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """RFC 9110, section 10.2.3: seconds, or a date, here against the server's own clock. None where it is absent or malformed."""
    said = headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - parsedate_to_datetime(headers.get("Date", ""))).total_seconds())
    except (ValueError, TypeError):
        return None
