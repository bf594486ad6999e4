import importlib
import pkgutil
import re

import pytest

import kg.extract
from kg.bundled import sample_corpus
from kg.extract.any_case import AnyCase
from kg.extract.openings import with_look_ahead

TEXTS = ("relapse rose, relapses fell; a vs b and 12 of 30", "he died early, deaths: 3.5%", "n = 7 (two (2) arms)", "ab", "")
SAMPLE = sample_corpus().read_text(encoding="utf-8").splitlines()[::6]


def patterns_of_the_package() -> list[AnyCase]:
    """Those that a module holds, alone or in a tuple."""
    names = [module.name for module in pkgutil.walk_packages(kg.extract.__path__, "kg.extract.")]
    held = [value for name in names for value in vars(importlib.import_module(name)).values()]
    every = [each for value in held for each in (value if isinstance(value, tuple) else (value,))]
    return list(dict.fromkeys(each for each in every if isinstance(each, AnyCase)))


def test_first_letters_of_all_members_are_looked_for() -> None:
    assert with_look_ahead(r"\b(?:re|un)?lapse") == r"(?=(?:lap|rel|unl))(?:\b(?:re|un)?lapse)"


def test_a_short_match_is_looked_for_whole() -> None:
    assert with_look_ahead("vs|versus") == "(?=v(?:er|s))(?:vs|versus)"


@pytest.mark.parametrize("pattern", [r"\w+ died", r"(?:early )?[^.]+fell", r"x*", r"(?P<a>.)(?P=a)", r"(?i:a)?[a-z]b"])
def test_what_may_begin_with_anything_has_no_look_ahead(pattern: str) -> None:
    assert with_look_ahead(pattern) == pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b(?:re)?lapses?\b",
        r"(?:vs\.?|and) (?:a|b)|\d{1,2} of",
        r"(?<!re)died|d(?:ie|eath)s?(?=:)",
        r"(?:a|ab)(?:b|$)",
        r"(?:\d\.)*\d%",
        r"[.(]?\(?(?:two|2|n ?=)",
        r"(?P<open>\()?2(?(open)\))",
        r"(?:ro){0,2}se|(?:ea){2,}|a+b?",
    ],
)
@pytest.mark.parametrize("text", TEXTS)
def test_matches_are_the_same_with_a_look_ahead(pattern: str, text: str) -> None:
    quick, plain = re.compile(with_look_ahead(pattern)), re.compile(pattern)

    for end in range(len(text) + 1):
        assert [m.span() for m in quick.finditer(text, 0, end)] == [m.span() for m in plain.finditer(text, 0, end)]


def test_every_long_pattern_of_the_package_finds_what_it_finds_without() -> None:
    patterns = patterns_of_the_package()

    assert sum("(?=" in each.lower.pattern[:3] for each in patterns) > 200
    for each in patterns:
        for text in SAMPLE:
            assert [m.span() for m in each.finditer(text)] == [m.span() for m in each.exact.finditer(text)], each.pattern


def test_a_range_of_digits_is_looked_for() -> None:
    assert with_look_ahead(r"[1-9]\d %") == r"(?=[1-9]\d\ )(?:[1-9]\d %)"
