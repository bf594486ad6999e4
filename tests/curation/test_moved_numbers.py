"""Places of numbers, in a text that has moved since the decision."""

from curation_world import RELAPSE, TEXT, decision, outcome, overlaid, relapse, says, span

from kg.curation.numbers import move_numbers, without_places
from kg.model import Effect, PValue, Value, Values

MOVED = f"BACKGROUND: Little is known. {TEXT}"


def placed(text: str = TEXT):
    def at(words):
        return {"text": words, **span(words, text).model_dump()}

    values = Values(intervention=Value(value=20, unit="%", **at("20%")), comparator=Value(value=35, unit="%", **at("35%")))
    effect, p = Effect(measure="HR", value=0.6, **at("HR 0.6")), PValue(operator="=", value=0.03, **at("P = .03"))
    return relapse(text, values=values, effect=effect, p=p)


def printed(finding):
    return [finding.values.intervention, finding.values.comparator, finding.effect, finding.p]


def test_numbers_stand_where_the_moved_text_has_them() -> None:
    moved = move_numbers(placed(), MOVED.index(RELAPSE) - TEXT.index(RELAPSE), MOVED)
    assert [MOVED[each.start : each.end] for each in printed(moved)] == ["20%", "35%", "HR 0.6", "P = .03"]


def test_a_number_that_is_gone_has_no_place() -> None:
    moved = move_numbers(placed(), 0, TEXT.replace("P = .03", "P < .05"))
    assert (moved.p.text, moved.p.start, moved.p.end) == ("P = .03", None, None)
    assert moved.effect.start == placed().effect.start


def test_a_corrected_finding_has_its_numbers_in_the_text_that_is_read_now() -> None:
    corrected = decision(0, says("corrected", direction="increased"), read=[placed()])
    [entry] = overlaid(corrected, read=[placed(MOVED)], text=MOVED).entries
    assert [MOVED[each.start : each.end] for each in printed(entry.finding)] == ["20%", "35%", "HR 0.6", "P = .03"]
    assert entry.finding.outcome == outcome("Relapse", "cumulative-incidence-of-relapse", MOVED)


def test_the_same_numbers_elsewhere_are_the_same_content() -> None:
    assert without_places(placed()) == relapse()
    accepted = decision(0, says("accepted"), read=[placed()])
    [entry] = overlaid(accepted, read=[placed(MOVED)], text=MOVED).entries
    assert entry.finding.p == placed(MOVED).p
