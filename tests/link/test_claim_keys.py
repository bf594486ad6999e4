"""What findings are looked up by."""

from claim_world import claim, of
from corpus_world import corpus
from rdf_world import vocabulary

from kg.link.claim_keys import MOST_ALIKE, MOST_ALIKE_UNTESTED, MOST_OTHERWISE, MOST_OTHERWISE_UNTESTED, claim_keys, counterpart_keys
from kg.link.matching import find_obstacle, profile_of
from kg.link.questions import question_of
from kg.link.ties import Ties


def test_a_finding_is_looked_up_by_way_and_test() -> None:
    [tested] = claim_keys([claim(significant=True)], {"pmid-1": of()}, vocabulary())
    [untested] = claim_keys([claim(significant=None)], {"pmid-1": of()}, vocabulary())
    assert tested.removesuffix("|tested") == untested.removesuffix("|untested")


def test_findings_that_say_otherwise_and_were_tested_are_looked_at_most() -> None:
    one = claim(significant=True)
    [own] = claim_keys([one], {"pmid-1": of()}, vocabulary())
    asked = counterpart_keys([one], {"pmid-1": of()}, vocabulary())
    same_way = own.removesuffix("tested")
    assert len(asked) == 6
    assert {asked[key] for key in asked if key.startswith(same_way)} == {MOST_ALIKE, MOST_ALIKE_UNTESTED}
    assert {asked[key] for key in asked if not key.startswith(same_way) and key.endswith("|tested")} == {MOST_OTHERWISE}
    assert {asked[key] for key in asked if not key.startswith(same_way) and key.endswith("|untested")} == {MOST_OTHERWISE_UNTESTED}


def test_findings_without_obstacle_answer_one_question() -> None:
    """Else one would not be looked up for the other."""
    profiles = [profile_of(each, corpus().contexts[each.paper], vocabulary()) for each in corpus().claims]
    asked = {each.claim.finding: question_of(each) for each in profiles}
    comparable = [
        (one, other)
        for place, one in enumerate(profiles)
        for other in profiles[:place]
        if find_obstacle(one, other, ties=Ties(), vocabulary=vocabulary()) is None
    ]
    assert len(comparable) > 30
    assert all(asked[one.claim.finding] == asked[other.claim.finding] is not None for one, other in comparable)


def test_children_and_all_participants_are_two_questions() -> None:
    keys = claim_keys([claim(), claim(population="children", finding="x/2")], {"pmid-1": of()}, vocabulary())
    assert len(keys) == 2


def test_what_cannot_be_compared_has_no_key() -> None:
    assert claim_keys([claim(direction="reported", comparator=None)], {"pmid-1": of()}, vocabulary()) == ()
