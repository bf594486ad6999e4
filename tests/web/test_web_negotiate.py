"""Which form a client gets."""

import pytest

from kg.web.negotiate import choose, wants_page

OFFERED = ("application/sparql-results+json", "text/csv", "text/turtle")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, OFFERED[0]),
        ("", OFFERED[0]),
        ("*/*", OFFERED[0]),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/*", "text/csv"),
        ("text/turtle;q=0.9, text/csv;q=0.8", "text/turtle"),
        ("text/*;q=0.9, text/csv;q=0.1", "text/turtle"),
        ("*/*;q=0.5, text/csv;q=0", OFFERED[0]),
        ("text/csv; charset=utf-8; q=0.3, text/turtle;q=0.2", "text/csv"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("text/csv;q=nonsense", None),
    ],
)
def test_the_form_that_the_client_ranks_highest_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen


@pytest.mark.parametrize(
    ("accept", "is_page"),
    [
        (BROWSER, True),
        ("text/html", True),
        (None, False),
        ("*/*", False),
        ("application/json", False),
        ("text/html;q=0.5, text/turtle", False),
        ("text/turtle;q=0.5, text/html", True),
    ],
)
def test_a_page_is_for_those_who_rank_html_highest(accept: str | None, is_page: bool) -> None:
    assert wants_page(accept) is is_page
