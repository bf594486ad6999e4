"""What curators decided, laid over findings that are read anew."""

import pytest
from curation_world import (
    ANA,
    BEN,
    CHRONIC,
    RELAPSE,
    SURVIVAL,
    TEXT,
    chronic,
    decision,
    findings,
    outcome,
    overlaid,
    relapse,
    says,
    span,
    survival,
)

from kg.curation import find_conflicts
from kg.curation.overlay import COVERED, NO_FINDING, NO_OUTCOME, NO_SENTENCE
from kg.model import Verdict

SHIFTED = f"Background is new here. {TEXT}"


def outcomes(overlay):
    return [(each.outcome.label, each.direction, each.timepoint) for each in overlay.live]


# ------------------------------------------------------------ the three verdicts


def test_without_decisions_findings_stay_as_they_are():
    assert overlaid().findings == tuple(findings())


def test_a_rejected_finding_is_left_out_and_the_others_keep_their_place():
    overlay = overlaid(decision(1, says("rejected")))
    assert outcomes(overlay) == [
        ("cumulative incidence of relapse", "decreased", "P24M"),
        ("incidence of chronic gvhd", "reported", "P3Y"),
        ("overall survival", "no_difference", None),
    ]
    assert overlay.findings[1].curation is Verdict.REJECTED


def test_an_accepted_finding_is_certain():
    overlay = overlaid(decision(0, says("accepted")))
    assert overlay.findings[0] == relapse(confidence=1.0, curation="accepted")
    assert overlay.findings[1:] == tuple(findings()[1:])


def test_a_corrected_finding_takes_the_place_of_the_one_that_was_read():
    overlay = overlaid(decision(0, says("corrected", direction="no_difference", significance="not significant")))
    entry = overlay.entries[0]
    assert (entry.finding.direction, entry.finding.significant, entry.finding.confidence) == ("no_difference", False, 1.0)
    assert entry.finding.curation is Verdict.CORRECTED
    assert entry.extracted == relapse()
    assert entry.finding.cues == ()


# ------------------------------------------------------------ after another reading


@pytest.mark.parametrize("verdict", ["rejected", "accepted"])
def test_a_decision_follows_its_sentence(verdict):
    overlay = overlaid(decision(0, says(verdict)), text=SHIFTED)
    assert overlay.findings[0].curation == verdict
    assert [each.curation for each in overlay.findings[1:]] == [None, None, None]


def test_a_corrected_finding_has_its_places_in_the_new_text():
    overlay = overlaid(decision(0, says("corrected", direction="unclear")), text=SHIFTED)
    found = overlay.findings[0]
    assert found.evidence == span(RELAPSE, SHIFTED)
    assert SHIFTED[found.outcome.start : found.outcome.end] == found.outcome.text == "Relapse"


def test_a_decision_is_on_the_finding_with_its_numbers_whatever_the_order():
    read = [chronic("30%", "P3Y"), survival(), relapse(), chronic("12%", "P1Y")]
    assert outcomes(overlaid(decision(1, says("rejected")), read=read)) == [
        ("incidence of chronic gvhd", "reported", "P3Y"),
        ("overall survival", "no_difference", None),
        ("cumulative incidence of relapse", "decreased", "P24M"),
    ]


def test_printed_numbers_tell_findings_apart_where_newer_rules_swap_their_times():
    read = [chronic("30%", "P1Y"), chronic("12%", "P3Y", population="adults")]
    overlay = overlaid(
        decision(2, says("rejected"), read=[relapse(), *(each.model_copy(update={"timepoint": None}) for each in findings()[1:3])]),
        read=read,
    )
    assert [each.values.intervention.text for each in overlay.live] == ["12%"]


def test_a_rejection_holds_whatever_direction_kind_or_label_newer_rules_read():
    newer = relapse(direction="increased", kind="subgroup", significant=None, intervention="cells", confidence=0.99, rules=("other",))
    overlay = overlaid(decision(0, says("rejected")), read=[newer])
    assert overlay.live == ()
    ((_, words),) = overlay.changed
    assert words == "decreased when rejected, now read as increased"


def test_a_rejection_that_reads_as_before_wants_no_other_look():
    assert overlaid(decision(0, says("rejected"))).changed == ()


def test_what_was_accepted_stays_as_it_was_accepted():
    newer = relapse(direction="increased", effect=None)
    (found,) = overlaid(decision(0, says("accepted")), read=[newer]).live
    assert (found.direction, found.effect, found.curation) == ("decreased", relapse().effect, Verdict.ACCEPTED)


def test_another_concept_for_the_same_words_is_the_same_outcome():
    newer = relapse(outcome=outcome("Relapse", "mortality", label="mortality"))
    assert overlaid(decision(0, says("rejected")), read=[newer]).live == ()


def test_another_outcome_of_the_sentence_is_not_touched():
    other = relapse(outcome=outcome("MSCs and 35%", None))
    overlay = overlaid(decision(0, says("rejected")), read=[other])
    assert overlay.live == (other,)
    assert [reason for _, reason in overlay.stale] == [NO_FINDING]


def test_a_corrected_finding_that_is_no_longer_read_is_put_back():
    overlay = overlaid(decision(0, says("corrected", direction="unclear")), read=[survival()])
    assert outcomes(overlay) == [("overall survival", "no_difference", None), ("cumulative incidence of relapse", "unclear", "P2Y")]
    assert overlay.entries[-1].extracted is None
    assert overlay.stale == ()


def test_a_correction_of_the_outcome_is_kept_when_rules_catch_up():
    corrected = decision(3, says("corrected", outcome="mortality"))
    newer = survival(outcome=outcome("Survival", "mortality", label="death"))
    overlay = overlaid(corrected, read=[newer])
    assert [(each.outcome.concept, each.curation) for each in overlay.findings] == [("mortality", Verdict.CORRECTED)]


def test_the_same_sentence_cut_otherwise_is_the_same_sentence():
    longer = f"{CHRONIC} {SURVIVAL}"
    overlay = overlaid(decision(3, says("rejected")), read=[survival(evidence=span(longer))])
    assert overlay.live == ()


def test_a_sentence_printed_with_other_signs_is_the_same_sentence():
    printed = TEXT.replace("P = .03", "P=.03").replace("at 2 years", "at 2 years")
    read = [relapse(TEXT).model_copy(update={"evidence": span(RELAPSE.replace("P = .03", "P=.03"), printed)})]
    assert overlaid(decision(0, says("rejected")), read=read, text=printed).live == ()


# ------------------------------------------------------------ decisions that no longer apply


def test_a_decision_on_a_sentence_that_is_gone_is_stale():
    text = TEXT.replace(RELAPSE, "")
    overlay = overlaid(decision(0, says("accepted")), text=text, read=[survival(text)])
    assert overlay.findings == (survival(text),)
    assert [reason for _, reason in overlay.stale] == [NO_SENTENCE]


def test_a_rejection_of_what_is_no_longer_read_is_stale():
    assert [reason for _, reason in overlaid(decision(0, says("rejected")), read=[survival()]).stale] == [NO_FINDING]


def test_a_finding_without_the_words_of_its_outcome_is_not_put_back():
    read = [relapse(outcome=outcome("We gave MSCs", None)), survival()]
    kept = decision(0, says("accepted"), read=read)
    text = TEXT.replace("We gave MSCs to 40 patients. ", "")
    assert [reason for _, reason in overlaid(kept, read=[survival(text)], text=text).stale] == [NO_OUTCOME]


def test_a_decision_on_the_only_finding_is_not_put_beside_newer_ones():
    old = decision(
        0, says("accepted", day=1), read=[chronic("12%", "P1Y").model_copy(update={"values": relapse().values, "timepoint": None})]
    )
    newer = [decision(1, says("accepted", day=2)), decision(2, says("accepted", day=2))]
    overlay = overlaid(old, *newer)
    assert len(overlay.findings) == 4
    assert [reason for _, reason in overlay.stale] == [COVERED]


# ------------------------------------------------------------ several curators


def test_the_newest_decision_holds_whatever_the_order_given():
    first = decision(0, says("rejected", ANA, day=1))
    second = decision(0, says("accepted", BEN, day=2), earlier=(first,))
    for order in ((first, second), (second, first)):
        overlay = overlaid(*order)
        assert overlay.findings[0].curation is Verdict.ACCEPTED
        assert overlay.entries[0].outvoted == (first,)
    assert second.revises == first.id


def test_of_one_second_the_decision_that_revises_holds():
    first = decision(0, says("rejected", ANA, day=1))
    for reason in "abcdef":
        second = decision(0, says("accepted", BEN, day=1, reason=reason), earlier=(first,))
        assert overlaid(second, first).entries[0].decision == second


def test_times_compare_as_moments():
    early = decision(0, says("rejected", ANA)).model_copy(update={"time": "2026-03-01T23:30:00+02:00"})
    late = decision(0, says("accepted", BEN)).model_copy(update={"time": "2026-03-01T22:00:00Z"})
    assert overlaid(late, early).entries[0].decision == late


def test_two_who_decide_apart_on_one_finding_are_told():
    one, other = decision(0, says("rejected", ANA, day=1)), decision(0, says("accepted", BEN, day=2))
    assert find_conflicts(overlaid(one, other)) == [(other, one)]


def test_two_who_say_the_same_do_not_disagree():
    one = decision(0, says("corrected", ANA, day=1, direction="unclear"))
    other = decision(0, says("accepted", BEN, day=2), earlier=(one,))
    overlay = overlaid(one, other)
    assert overlay.findings[0].direction == "unclear"
    assert find_conflicts(overlay) == []


def test_one_who_thinks_again_does_not_disagree():
    one = decision(0, says("rejected", ANA, day=1))
    assert find_conflicts(overlaid(one, decision(0, says("accepted", ANA, day=2)))) == []


def test_who_changed_their_mind_to_agree_does_not_disagree():
    before = decision(0, says("rejected", ANA, day=1))
    after = decision(0, says("accepted", ANA, day=2))
    newest = decision(0, says("accepted", BEN, day=3))
    assert find_conflicts(overlaid(before, after, newest)) == []


def test_accepting_a_rejected_finding_brings_back_what_was_read():
    first = decision(0, says("rejected", day=1))
    again = decision(0, says("accepted", day=2), earlier=(first,))
    assert overlaid(first, again).findings[0] == relapse(confidence=1.0, curation="accepted")
