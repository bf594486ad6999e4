"""Why a comparison stands, in sentences that can be shown as they are.

In: two profiles without obstacle, the younger paper's first, and the verdict. Out: ``LinkReason``s, the most telling first.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from kg.link.matching import Profile
from kg.link.populations import HUMAN, Purpose
from kg.link.power import interval_question, power_question
from kg.link.ties import Ties
from kg.link.verdicts import Way
from kg.model import Claim, Design, Intent, LinkKind, LinkReason
from kg.vocabulary import Vocabulary
from kg.wording import claim_values, duration_words, effect_words, printed_p, surname

_POOLED = frozenset({Design.RCT, Design.NONRANDOMIZED_CONTROLLED, Design.RETROSPECTIVE_COHORT})
#: "Meta-analysis of randomized trials", or the part of a review's findings that is about them.
_OF_TRIALS = re.compile(r"(?<!non-)(?<!non)\brandomi[sz]ed (?:controlled |clinical )?trials\b|\bRCTs\b", re.IGNORECASE)
_WAYS = {Way.LESS: "less", Way.SAME: "no difference", Way.MORE: "more"}
_WHY = {Purpose.PREVENT: " to prevent or with the graft", Purpose.TREAT: " as treatment", Purpose.EXPLAIN: "", None: ""}


def reasons_for(subject: Profile, elder: Profile, kind: LinkKind, *, ties: Ties, vocabulary: Vocabulary) -> tuple[LinkReason, ...]:
    """What makes the two comparable, what each says, and what qualifies the verdict."""
    return (*_reasons(subject, elder, kind, vocabulary), *_pool(subject, elder, ties))


def cited(profile: Profile) -> str:
    """A paper as it is named in a sentence: the first author's surname and the year, else the id that people know it by."""
    claim = profile.claim
    if claim.first_author is None:
        return unquote(claim.local_id or claim.paper)
    name = surname(claim.first_author)
    return name if claim.year is None else f"{name} {claim.year}"


def _names(subject: Profile, elder: Profile) -> Callable[[Profile], str]:
    """How the two papers are named side by side: with their ids where author and year are the same."""
    names = {each.claim.paper: cited(each) for each in (subject, elder)}
    if len(set(names.values())) < len(names):
        names = {paper: f"{name} ({_printed_id(paper)})" for paper, name in names.items()}
    return lambda profile: names[profile.claim.paper]


def _printed_id(paper: str) -> str:
    return f"PMID {paper.removeprefix('pmid-')}" if paper.startswith("pmid-") else unquote(paper)


def _reasons(subject: Profile, elder: Profile, kind: LinkKind, vocabulary: Vocabulary) -> Iterator[LinkReason]:
    name = _names(subject, elder)
    yield LinkReason(sign="verdict", text=f"{name(subject)}: {_said(subject)}. {name(elder)}: {_said(elder)}.")
    yield LinkReason(sign="outcome", text=_outcome(subject, elder, vocabulary))
    yield LinkReason(sign="population", text=_population(subject, vocabulary))
    if subject.claim.timepoint != elder.claim.timepoint:
        times = [duration_words(each.claim.timepoint or "not stated") for each in (subject, elder)]
        yield LinkReason(sign="timepoint", text=f"The times differ: {times[0]} and {times[1]}.")
    yield from _leans(subject, elder)
    if kind is LinkKind.TENSION:
        yield from _size(subject, elder, vocabulary)


def _said(profile: Profile) -> str:
    """The way and the test of the outcome as that paper names it."""
    claim, stance = profile.claim, profile.stance
    if stance is None:
        return claim.outcome_label
    way = Way(-stance.way) if profile.quantity is not None and profile.quantity.is_inverted else stance.way
    return f"{claim.outcome_label}: {'; '.join([f'{_WAYS[way]}, {_test(claim, stance.significant)}', *_numbers(claim)])}"


def _test(claim: Claim, significant: bool | None) -> str:
    if significant is not None:
        return "significant" if significant else "not significant"
    has_test = claim.p is not None or (claim.effect is not None and claim.effect.ci_low is not None)
    return "the test does not decide" if has_test else "no test stated"


def _numbers(claim: Claim) -> list[str]:
    values = claim_values(claim)
    effect = [] if claim.effect is None else [effect_words(claim.effect)]
    return [*([values] if values else []), *effect, *([] if claim.p is None else [printed_p(claim.p)])]


def _outcome(subject: Profile, elder: Profile, vocabulary: Vocabulary) -> str:
    if subject.claim.outcome == elder.claim.outcome:
        return f"Both measure {subject.claim.outcome_label}."
    names = f"{subject.claim.outcome_label} and {elder.claim.outcome_label}"
    if subject.quantity is not None and elder.quantity is not None and subject.quantity.is_inverted != elder.quantity.is_inverted:
        return f"One outcome is the complement of the other: {names}; one is read the other way round."
    concept = "" if subject.quantity is None else vocabulary[subject.quantity.concept].label
    return f"Both outcomes stand for {concept}: {names}."


def _population(profile: Profile, vocabulary: Vocabulary) -> str:
    given = " + ".join(sorted(vocabulary[each].label for each in profile.contrast.given))
    against = " + ".join(sorted(vocabulary[each].label for each in profile.contrast.against)) or "a control group"
    where = "cell culture" if profile.population.is_in_vitro else "patients" if profile.population.species == HUMAN else "animals"
    part = profile.population.part
    which = "" if part is None else f" ({vocabulary[part].label if part in vocabulary else part})"
    return f"Both in {where}{which}: {given}{_WHY[profile.population.purpose]}, against {against}."


def _leans(subject: Profile, elder: Profile) -> Iterator[LinkReason]:
    for one, other in ((subject, elder), (elder, subject)):
        if one.stance is not None and other.stance is not None and one.stance.lean is not None and other.stance.way is not Way.SAME:
            how = "leans the same way" if one.stance.lean is other.stance.way else "does not lean that way"
            yield LinkReason(sign="lean", text=f"{_names(one, other)(one)} found no difference; its estimate {how}.")


def _size(subject: Profile, elder: Profile, vocabulary: Vocabulary) -> Iterator[LinkReason]:
    """The power question of a tension: asked of the finding that saw no difference."""
    found, not_found = (subject, elder) if subject.stance is not None and subject.stance.significant else (elder, subject)
    what = found.claim.outcome_label if found.quantity is None else vocabulary[found.quantity.concept].label
    name = _names(subject, elder)
    yield power_question(found, not_found, what=what, name=name)
    interval = interval_question(found, not_found, name=name)
    if interval is not None:
        yield interval


def _pool(subject: Profile, elder: Profile, ties: Ties) -> Iterator[LinkReason]:
    """A meta-analysis and a trial that was there to be pooled, or two meta-analyses, are no two independent sources."""
    pair, name = frozenset({subject.claim.paper, elder.claim.paper}), _names(subject, elder)
    if pair in ties.pooled:
        yield LinkReason(sign="pool", text=f"{name(subject)} pools {name(elder)}.")
    elif subject.claim.design is not Design.META_ANALYSIS:
        return
    elif elder.claim.design is Design.META_ANALYSIS:
        yield LinkReason(sign="pool", text="Both are meta-analyses and may have pooled the same studies.")
    elif pair in ties.perhaps_pooled or _may_pool(subject.claim, elder.claim):
        yield LinkReason(sign="pool", text=f"{name(elder)} is a possible member of the pooled set of {name(subject)}.")


def _may_pool(review: Claim, study: Claim) -> bool:
    """False for a study whose design or timing of the cells the review leaves out, as far as its title and intent tell."""
    is_of_trials = _OF_TRIALS.search(f"{review.title or ''} {review.population or ''}") is not None
    if is_of_trials and study.design is not Design.RCT:
        return False
    is_of_coinfusion = review.intent is Intent.COTRANSPLANTATION
    return study.design in _POOLED and (not is_of_coinfusion or study.intent is Intent.COTRANSPLANTATION)
