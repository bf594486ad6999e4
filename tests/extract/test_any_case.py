import re

import pytest

from kg.extract.any_case import any_case, lowered

PATTERNS = (
    r"\b(?:GVHD|graft[- ]versus[- ]host disease)\b(?! prophylaxis)",
    r"(?P<what>relapse|TRM)s? (?:was|WERE) \S+",
    r"\b(?P<word>\w+) and (?P=word)\b",
    r"(?P<open>\()?n ?= ?\d+(?(open)\))",
    r"(?<![A-Z])CI\b",
)
TEXTS = (
    "Relapse WAS lower; trm were similar (N = 12), n=4) and GvHD, not gvhd prophylaxis.",
    "Graft-Versus-Host Disease and graft versus host disease; MSC AND msc; 95% CI, aCI, ci",
    "",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("text", TEXTS)
def test_matches_are_those_of_the_same_pattern_that_ignores_case(pattern: str, text: str) -> None:
    ours, plain = any_case(pattern), re.compile(pattern, re.IGNORECASE)

    def told(match: re.Match[str] | None) -> object:
        return match and (match.span(), match.group(), match.groupdict())

    assert [told(m) for m in ours.finditer(text)] == [told(m) for m in plain.finditer(text)]
    assert told(ours.search(text)) == told(plain.search(text))
    for start in range(len(text)):
        assert told(ours.match(text, start)) == told(plain.match(text, start))
        assert told(ours.search(text, start, start + 20)) == told(plain.search(text, start, start + 20))
        assert told(ours.fullmatch(text, start, start + 4)) == told(plain.fullmatch(text, start, start + 4))


def test_the_printed_letters_are_kept() -> None:
    assert any_case("msc infusion").search("After MSC infusion")[0] == "MSC infusion"


def test_escaped_classes_keep_their_letter() -> None:
    assert any_case(r"^\D+\B.\W\S").search("ABC dEF") is not None
    assert any_case(r"\S+\Z").search("one TWO")[0] == "TWO"


def test_a_capital_whose_small_letter_is_longer_moves_no_offset() -> None:
    text = "İn GVHD relapse fell"

    assert len(lowered(text)) == len(text)
    assert any_case("gvhd").search(text).span() == (3, 7)
    assert lowered(text).endswith("gvhd relapse fell")
