"""What is known of each host: when it may be asked next, and what its robots.txt forbids."""

from __future__ import annotations

import contextlib
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from protego import Protego

from rasid.watch.settings import Manners

# How long a robots.txt is believed, in seconds (RFC 9309: a day at most), and the longest delay that one may ask for.
_DAY = 86_400.0
_LONGEST_DELAY = 60.0


@dataclass
class Clock:
    """Time and waiting, so that tests need not wait."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    delay: float = 0.0
    rules: Protego | None = None
    rules_until: float = -1.0


class Hosts:
    """One record a host (scheme, name and port); threads that ask one host take turns."""

    def __init__(self, manners: Manners, clock: Clock) -> None:
        self._manners = manners
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Waits until the host may be asked, and lets no one else ask it meanwhile."""
        host = self._host(url)
        with host.lock:
            wait = host.free_at - self._clock.now()
            if wait > 0:
                self._clock.sleep(wait)
            try:
                yield
            finally:
                host.free_at = self._clock.now() + max(self._manners.host_seconds, host.delay)

    def knows_rules(self, url: str) -> bool:
        """True when the host's robots.txt was read within a day."""
        return self._clock.now() < self._host(url).rules_until

    def learn(self, url: str, rules: str, agent: str) -> None:
        """Take the text of the host's robots.txt, "" when it has none."""
        host = self._host(url)
        host.rules = Protego.parse(rules)
        host.rules_until = self._clock.now() + _DAY
        host.delay = min(host.rules.crawl_delay(agent) or 0.0, _LONGEST_DELAY)

    def allows(self, url: str, agent: str) -> bool:
        """Whether the rules that were learned let ``agent`` fetch ``url``."""
        rules = self._host(url).rules
        return rules is None or rules.can_fetch(url, agent)

    def _host(self, url: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(origin(url), _Host())


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urllib.parse.urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"
