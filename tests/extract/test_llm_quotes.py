"""A quote is found where it stands, and nowhere else."""

import pytest

from kg.extract.llm.quotes import find_quote
from kg.model import Quote, Span

ALL = Span(start=0, end=10_000)


@pytest.mark.parametrize(
    ("text", "quote", "printed"),
    [
        ("OS was 70%.", "70%", ["70%"]),
        ("OS was 70%.", " 70% ", ["70%"]),
        ("HR 0.41 (0.19–0.88)", "0.19-0.88", ["0.19–0.88"]),
        ("HR 0.41 (0.19-0.88)", "0.19–0.88", ["0.19-0.88"]),
        ("change of −3 points", "-3 points", ["−3 points"]),
        ("overall\n survival", "overall survival", ["overall\n survival"]),
        ("Relapse fell. Relapse rose.", "Relapse", ["Relapse", "Relapse"]),
        # A place that is verbatim makes others that only look like it no candidates.
        ("graft–failure, graft-failure", "graft-failure", ["graft-failure"]),
        ("a (b) [c] .*", "(b) [c] .*", ["(b) [c] .*"]),
        ("Relapse fell.", "relapse", []),
        ("relapses", "relapse", []),
        ("aGVHD", "GVHD", []),
        ("10.45%", "45%", []),
        ("0.45", "45", []),
        ("145", "45", []),
        ("1,200 cells", "1", []),
        ("4.5", "4", []),
        ("P = 0.04", ".04", []),
        ("P = .04", ".04", [".04"]),
        ("rate of 4.", "4", ["4"]),
        ("OS was 70%.", "OS was … 70%", []),
        ("OS was 70%.", "", []),
        ("OS was 70%.", " \n", []),
    ],
)
def test_a_quote_is_found_as_printed(text: str, quote: str, printed: list[str]) -> None:
    places = find_quote(text, quote, within=ALL)
    assert [place.text for place in places] == printed
    assert [text[place.start : place.end] for place in places] == printed


def test_a_quote_outside_the_range_is_not_found() -> None:
    text = "OS 70%. PFS 70%."
    assert find_quote(text, "70%", within=Span(start=8, end=16)) == (Quote(start=12, end=15, text="70%"),)
    assert find_quote(text, "OS 70%. PFS", within=Span(start=0, end=7)) == ()
