"""Fixtures that more than one test module needs."""

import os
import shutil
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with reference data; tests that need it are skipped where it is absent."""
    folder = os.environ.get("GRAFTGRAPH_REFERENCE")
    if not folder or not Path(folder).is_dir():
        pytest.skip("reference data not found")
    return Path(folder)


@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, tmp_path):
    """Open one of our pages, and fail at the end when it asked for anything or complained."""
    from browser_world import watch

    opened, faults = [], []

    def open_html(text, **options):
        path = tmp_path / "page.html"
        path.write_text(text, encoding="utf-8")
        page = chromium.new_page(**{"viewport": {"width": 1280, "height": 800}} | options)
        watch(page, faults, may_ask=lambda url: url.partition("#")[0] == path.as_uri())
        opened.append(page)
        page.goto(path.as_uri())
        if options.get("java_script_enabled", True):
            page.wait_for_selector("body[data-ready]")
        return page

    yield open_html
    for page in opened:
        page.close()
    assert faults == []
