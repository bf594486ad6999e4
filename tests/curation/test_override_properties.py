"""Overrides survive a new reading: any decisions, any change of rules that leaves a sentence and the printed words of its outcome."""

from curation_world import ANA, BEN, CHRONIC, RELAPSE, SURVIVAL, TEXT, decision, findings, outcome, overlaid, says, span
from hypothesis import given
from hypothesis import strategies as st

from kg.curation.matching import same_outcome, timepoint
from kg.model import Direction, FindingKind, Outcome, Verdict

DIRECTIONS = st.sampled_from([each.value for each in Direction])
SENTENCES = (RELAPSE, CHRONIC, CHRONIC, SURVIVAL)
LATIN = "Nihil de morbo dictum est. "


@st.composite
def decided(draw):
    """One decision on some of the findings, each a verdict of one of two curators."""
    places = draw(st.lists(st.integers(0, 3), unique=True, min_size=1))
    words = []
    for place in places:
        verdict = draw(st.sampled_from(["accepted", "rejected", "corrected"]))
        others = [each for each in Direction if each is not findings()[place].direction]
        changes = {"direction": draw(st.sampled_from(others)).value} if verdict == "corrected" else {}
        words.append((place, says(verdict, draw(st.sampled_from([ANA, BEN])), draw(st.integers(1, 28)), **changes)))
    return words


@st.composite
def read_anew(draw):
    """The text moved, and what other rules make of it: other facts, other labels, another order, findings lost, others found."""
    text = LATIN * draw(st.integers(0, 3)) + TEXT
    read = []
    for finding in findings(text):
        if draw(st.integers(0, 4)) == 0:
            continue
        concept = draw(st.sampled_from([finding.outcome.concept, None, "mortality"]))
        changes = {
            "direction": draw(DIRECTIONS),
            "kind": draw(st.sampled_from([each.value for each in FindingKind])),
            "significant": draw(st.sampled_from([True, False, None])),
            "confidence": draw(st.floats(0, 1)),
            "intervention": draw(st.sampled_from([finding.intervention, "cells", None])),
            "rules": draw(st.lists(st.sampled_from(["a", "b", "c"]), max_size=2)),
            "outcome": Outcome(
                **finding.outcome.model_dump(exclude={"concept", "label"}), concept=concept, label=draw(st.sampled_from(["x", "y"]))
            ),
        }
        read.append(finding.model_validate({**finding.model_dump(), **changes}))
    extra = findings(text)[0].model_copy(update={"outcome": outcome("35%", None, text), "evidence": span(RELAPSE, text)})
    if draw(st.booleans()):
        read.append(extra)
    return text, draw(st.permutations(read))


@given(decided(), read_anew())
def test_every_decision_holds_in_every_new_reading(words, reading):
    text, read = reading
    decisions = [decision(place, word) for place, word in words]
    overlay = overlaid(*decisions, read=list(read), text=text)
    for (place, word), made in zip(words, decisions, strict=True):
        here = [each for each in overlay.live if is_the_finding(place, each, text)]
        if word.verdict is Verdict.REJECTED:
            assert here == []
        else:
            (found,) = here
            assert found.curation is word.verdict
            assert found.confidence == 1.0
            assert made.decided is not None
            assert (found.direction, found.significant, found.kind) == (made.decided.direction, made.decided.significant, made.decided.kind)
            assert text[found.evidence.start : found.evidence.end] == SENTENCES[place]
            assert text[found.outcome.start : found.outcome.end] == found.outcome.text


@given(decided(), read_anew())
def test_no_decision_touches_a_finding_that_it_is_not_about(words, reading):
    text, read = reading
    overlay = overlaid(*(decision(place, word) for place, word in words), read=list(read), text=text)
    places = [place for place, _ in words]
    for finding in read:
        if not any(is_the_finding(place, finding, text) for place in places):
            assert finding in overlay.live


@given(decided(), read_anew(), st.randoms())
def test_the_order_of_decisions_does_not_matter(words, reading, chance):
    text, read = reading
    decisions = [decision(place, word) for place, word in words]
    shuffled = list(decisions)
    chance.shuffle(shuffled)
    assert overlaid(*shuffled, read=list(read), text=text) == overlaid(*decisions, read=list(read), text=text)


def is_the_finding(place, finding, text):
    """The same sentence, printed outcome and printed number: what no rule decides."""
    original = findings(text)[place]
    numbers = [None if each.values.intervention is None else each.values.intervention.text for each in (original, finding)]
    return (
        finding.evidence == original.evidence
        and same_outcome(original.outcome, finding.outcome)
        and numbers[0] == numbers[1]
        and timepoint(original) == timepoint(finding)
    )
