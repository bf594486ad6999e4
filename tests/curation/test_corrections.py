import pytest
from curation_world import TEXT, VOCABULARY, chronic, decision, findings, relapse, says, source, survival

from kg.curation import Word, decide, lay_over, parse_changes
from kg.curation.corrections import FIELDS, correct, find_changes, stated
from kg.errors import CurationError
from kg.model import Effect, PValue, Verdict


def corrected(finding=None, **changes):
    return correct(relapse() if finding is None else finding, changes, VOCABULARY)


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"direction": "no difference"}, "direction", "no_difference"),
        ({"direction": "Increased"}, "direction", "increased"),
        ({"significance": "not significant"}, "significant", False),
        ({"significance": "not_stated"}, "significant", None),
        ({"kind": "single-arm"}, "kind", "single_arm"),
        ({"population": "children"}, "population", "children"),
        ({"comparator": "none"}, "comparator", None),
        ({"timepoint": "P12M"}, "timepoint", "P1Y"),
        ({"timepoint": "none"}, "timepoint", None),
        ({"p": "<0.001"}, "p", PValue(operator="<", value=0.001, text="<0.001")),
        ({"p": "P ≤ .05"}, "p", PValue(operator="<=", value=0.05, text="P ≤ .05")),
        ({"p": "=0"}, "p", PValue(operator="=", value=0.0, text="=0")),
        (
            {"effect": "HR 0.55 (0.36-0.84)"},
            "effect",
            Effect(measure="HR", value=0.55, ci_low=0.36, ci_high=0.84, text="HR 0.55 (0.36-0.84)"),
        ),
        ({"effect": "smd -0.2"}, "effect", Effect(measure="SMD", value=-0.2, text="smd -0.2")),
        ({"effect": "none"}, "effect", None),
    ],
)
def test_a_field_takes_its_value(changes, field, value):
    assert getattr(corrected(**changes), field) == value


def test_an_outcome_is_a_concept_by_label_or_slug_and_keeps_its_words():
    for name in ("overall mortality", "mortality"):
        found = corrected(outcome=name).outcome
        assert (found.concept, found.label, found.text, found.start) == ("mortality", "mortality", "Relapse", relapse().outcome.start)


def test_a_side_with_another_name_has_another_arm_and_other_concepts():
    found = corrected(relapse(intervention_arm=1), intervention="umbilical cord-derived mesenchymal stromal cell")
    assert (found.intervention_arm, found.intervention_concepts) == (None, ("umbilical-cord-derived-mesenchymal-stromal-cell",))


def test_cues_of_the_old_direction_go():
    assert corrected(direction="unclear").cues == ()
    assert corrected(p="none").cues == relapse().cues


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"direction": "better"}, "no direction"),
        ({"significance": "yes"}, "no significance"),
        ({"outcome": "happiness"}, "no outcome"),
        ({"outcome": "tacrolimus"}, "no outcome"),
        ({"timepoint": "2 years"}, "no ISO 8601 duration"),
        ({"p": "0.03"}, "no P value"),
        ({"p": "=1.5"}, "no P value"),
        ({"effect": "about half"}, "no effect estimate"),
        ({"effect": "XX 0.5"}, "no effect measure"),
        ({"direction": "decreased"}, "changes nothing"),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_be_right(changes, said):
    finding = survival(direction="decreased") if said == "changes nothing" else relapse()
    with pytest.raises(CurationError, match=said) as told:
        corrected(finding, **changes)
    assert told.value.remedy


def test_fields_are_stated_with_an_equals_sign():
    assert parse_changes(["direction=decreased", "p==0.03"]) == {"direction": "decreased", "p": "=0.03"}


@pytest.mark.parametrize("stated", [["direction"], ["direction="], ["colour=red"], ["p=none", "p==0.1"]])
def test_other_statements_are_refused(stated):
    with pytest.raises(CurationError):
        parse_changes(stated)


def test_every_field_has_a_name_in_the_message_on_unknown_ones():
    with pytest.raises(CurationError, match=", ".join(FIELDS)):
        parse_changes(["colour=red"])


# ------------------------------------------------------------ making a decision


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (says(curator="0000-0002-1825-0098"), "mistyped"),
        (says(reason="  "), "no reason"),
        (Word(Verdict.REJECTED, "0000-0002-1825-0097", "2026-03-01T12:00:00", "x"), "time zone"),
        (Word(Verdict.REJECTED, "0000-0002-1825-0097", "today", "x"), "no moment"),
        (says("corrected"), "no correction"),
        (says("rejected", direction="unclear"), "cannot be corrected too"),
    ],
)
def test_a_decision_without_what_it_needs_is_refused(word, said):
    with pytest.raises(CurationError, match=said):
        decision(0, word)


def test_the_moment_is_kept_in_utc():
    word = Word(Verdict.REJECTED, "0000-0002-1825-0097", "2026-03-01T12:00:00+02:00", "x")
    assert decision(0, word).time == "2026-03-01T10:00:00Z"


def test_a_selector_says_what_finds_the_finding_again():
    selector = decision(2, says()).selector
    assert (selector.quote, selector.outcome, selector.kind, selector.alike) == (
        "Chronic GVHD was seen in 12% at 1 year and in 30% at 3 years.",
        "incidence-of-chronic-gvhd",
        "single_arm",
        2,
    )
    assert (selector.prefix, selector.suffix) == (TEXT[:101][-32:], TEXT[162:194])


def test_decisions_on_two_findings_are_two_even_where_all_else_is_the_same():
    assert decision(1, says()).id != decision(2, says()).id


def test_a_decision_is_named_by_what_it_is_and_not_by_ids_that_its_paper_gets():
    overlay = lay_over([chronic("12%", "P1Y")], TEXT, [])
    one, other = (
        decide(overlay.entries[0], overlay, source(TEXT, "pmid-1", *names), says(), vocabulary=VOCABULARY)
        for names in ((), ("doi-10.1/x",))
    )
    assert one.id == other.id
    assert other.selector.names == ("doi-10.1/x", "pmid-1")


def test_a_second_correction_starts_from_the_first():
    first = decision(0, says("corrected", direction="unclear"))
    second = decision(0, says("corrected", day=2, p="none"), read=findings(), earlier=(first,))
    assert second.decided is not None
    assert (second.decided.direction, second.decided.p) == ("unclear", None)


def test_what_stands_is_stated_as_a_curator_would_write_it():
    assert stated(relapse(effect=Effect(measure="HR", value=0.6, ci_low=0.4, ci_high=0.9, text="hazard ratio 0.6"))) == {
        "direction": "decreased", "significance": "significant", "outcome": "cumulative incidence of relapse", "kind": "effect",
        "intervention": "MSCs", "comparator": "without", "population": "", "timepoint": "P24M", "p": "=0.03", "effect": "HR 0.6 (0.4-0.9)",
    }  # fmt: skip
    assert list(stated(survival())) == list(FIELDS)


@pytest.mark.parametrize("field", list(FIELDS))
def test_every_field_takes_the_value_that_it_states(field):
    finding = relapse(timepoint="P2Y")
    now = stated(finding)
    if now[field]:
        wanted = correct(finding, {"direction": "unclear", **({} if field == "direction" else {field: now[field]})}, VOCABULARY)
        assert stated(wanted) == now | {"direction": "unclear"}


def test_fields_that_differ_are_changes_and_those_not_named_stay():
    now = stated(relapse())
    assert find_changes(now, now) == {}
    assert find_changes(now, {"p": "", "direction": " increased "}) == {"p": "none", "direction": "increased"}
