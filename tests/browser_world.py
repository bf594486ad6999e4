"""Pages in a browser that is watched: what they ask for, what they say in the console, and what their policy stops."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page


def watch(page: Page, faults: list[str], *, may_ask: Callable[[str], bool], may_say: Callable[[str], bool] = lambda text: False) -> None:
    """Put into ``faults`` each address and each message of the page that may not be."""
    page.on("request", lambda request: None if may_ask(request.url) else faults.append(request.url))
    page.on("console", lambda message: None if may_say(message.text) else faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script("document.addEventListener('securitypolicyviolation', e => console.log('blocked ' + e.blockedURI))")


@contextmanager
def watched_page(chromium: Browser, site: str, *, status: str, others: tuple[str, ...] = ()) -> Iterator[Page]:
    """A page of a site, which may ask that site and addresses that begin with ``others``.

    An answer that refuses has its status in the console: one of those that begin with ``status`` may.
    """
    faults: list[str] = []
    shown = chromium.new_page(viewport={"width": 1280, "height": 900}, base_url=site)
    watch(shown, faults, may_ask=lambda url: url.startswith((site, *others)), may_say=lambda text: f"status of {status}" in text)
    yield shown
    shown.context.close()
    assert faults == []
