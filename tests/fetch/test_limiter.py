"""The pace of one service, over all threads."""

import threading

import pytest

from kg.fetch.limiter import Limiter, limiter_of


class Clock:
    """Time that passes only in sleep."""

    def __init__(self) -> None:
        self.now = 100.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


def test_requests_are_evenly_spaced() -> None:
    clock = Clock()
    limiter = Limiter(4, clock=clock, sleep=clock.sleep)
    for _ in range(3):
        limiter.wait()
    assert clock.pauses == [0.25, 0.25]


def test_who_comes_late_enough_does_not_wait() -> None:
    clock = Clock()
    limiter = Limiter(4, clock=clock, sleep=clock.sleep)
    limiter.wait()
    clock.now += 1
    limiter.wait()
    limiter.wait()
    assert clock.pauses == [0.25]


def test_threads_share_the_pace() -> None:
    pauses: list[float] = []
    limiter = Limiter(10, clock=lambda: 0.0, sleep=pauses.append)
    threads = [threading.Thread(target=limiter.wait) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(pauses) == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])


def test_a_process_has_one_limiter_a_service() -> None:
    assert limiter_of("one.test", 3) is limiter_of("one.test", 10)
    assert limiter_of("one.test", 3) is not limiter_of("other.test", 3)


def test_of_two_paces_the_slower_holds() -> None:
    clock = Clock()
    limiter = Limiter(10, clock=clock, sleep=clock.sleep)
    limiter.slow_to(2)
    limiter.slow_to(5)
    limiter.wait()
    limiter.wait()
    assert clock.pauses == [0.5]
