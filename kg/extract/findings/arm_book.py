"""What one paper gives and what it compares with.

In: title, text, terms. Out: an ``ArmBook``. Telling arms apart comes before any direction is judged: crossed arms are the largest
published error of trained systems.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.any_case import any_case, lowered
from kg.extract.findings.allocation import Allocation, find_allocation
from kg.extract.findings.arm_order import leads
from kg.extract.findings.arm_words import CONTROL, CONTROL_GROUP, INTERVENTION, NEGATED_BEFORE, WITHOUT_IT
from kg.extract.findings.comparisons import GIVEN_KINDS, Side, find_comparison, given_against_control, term_key
from kg.extract.findings.contrasts import defined_pair, find_contrast
from kg.extract.findings.groups import Group, find_groups
from kg.extract.findings.intervention import main_intervention, most_specific
from kg.extract.findings.lettered_groups import defined_groups
from kg.extract.findings.roster import find_roster
from kg.extract.findings.unnamed_arms import dose_levels, given_alone
from kg.extract.given_cells import most_given_cell
from kg.model import Term, TermKind
from kg.vocabulary import Vocabulary

#: Hyphens on either side belong to "graft-versus-host".
_VERSUS = any_case(r"(?<![\w-])(?:versus|vs\.?|compared (?:with|to))(?![\w-])")


#: "Similar in both arms", "12% versus 30%".
_TWO_ARMS = any_case(
    r"\b(?:both|either|neither|the two|in each|between the)(?: of the)?(?: [\w-]+)? (?:arms?|groups?|cohorts?|regimens?|strateg(?:y|ies))\b"
    r"|\d ?% (?:vs\.?|versus|v|as against|compared with) \d|\d% and \d[\d.]*%, respectively \(p\b"
)
_COMPARES = any_case(r"\bcompar(?:ison|ing|ed|ative)\b")


_AND = any_case(r"\band\b|(?<=compared )(?:with|to)\b")
#: Between a thing and what it is compared by: nothing but its bracket and the noun of those who get it.
_TOUCHES = re.compile(r"(?: \([^()]*\))?(?: (?:grafts?|donors?|prophylaxis|therapy|treatment|transplant\w*|conditioning))?,? ?")


#: "relapse (n = 3), organ failure (n = 2)" counts events, not people in arms.
_NO_GROUPS = (TermKind.CONDITION, TermKind.OUTCOME, TermKind.BIOMARKER)


@dataclass(frozen=True, slots=True)
class ArmBook:
    """What one paper's arms are called.

    ``intervention`` and ``comparator`` hold vocabulary slugs or lower-case labels; ``groups`` maps a defined label such as
    "group 1" to the arm number it stands for.
    """

    intervention: frozenset[str]
    comparator: frozenset[str]
    intervention_label: str | None
    comparator_label: str | None
    groups: tuple[tuple[str, int], ...] = ()
    #: Short forms the paper gives its arms, such as "G-DLI", with the arm number.
    names: tuple[tuple[str, int], ...] = ()
    #: True when a sentence shares people out between the two arms; and when it names the comparator first.
    is_shared_out: bool = False
    is_control_first: bool = False
    #: True when the text speaks of its two arms, whatever they are called.
    is_told_of_two: bool = False
    #: Names of three arms or more in the order of the paper, empty where it lists none.
    roster: tuple[str, ...] = ()

    @property
    def is_comparative(self) -> bool:
        """True when the paper names something to compare with, if only by a letter or number."""
        return self.comparator_label is not None or bool(self.groups) or self.is_told_of_two

    @property
    def names_both(self) -> bool:
        """True when the paper has names of its own for both arms, or shares people out between them."""
        return self.is_shared_out or {number for _, number in self.names} == {INTERVENTION, CONTROL}


def read_arms(title: str | None, text: str, terms: Sequence[Term], title_terms: Sequence[Term], vocabulary: Vocabulary) -> ArmBook:
    """Work out what the paper gives and what it compares with."""
    book = _two_arms(title or "", text, terms, title_terms, vocabulary)
    return replace(book, roster=find_roster(title or "", text), is_told_of_two=_TWO_ARMS.search(text) is not None)


def _two_arms(title: str, text: str, terms: Sequence[Term], title_terms: Sequence[Term], vocabulary: Vocabulary) -> ArmBook:
    """The intervention and what it is compared with."""
    named = _named_comparison(title, title_terms)
    if named is not None:
        intervention, comparator = named
    else:
        intervention, comparator = main_intervention(title, title_terms, terms, vocabulary), ()
    if not intervention and (cell := most_given_cell(text, terms, title=title, title_terms=title_terms)) is not None:
        intervention = (cell,)
    is_settled = named is not None and _is_named_in(text, named)
    pair = None if is_settled else defined_pair(text)
    if pair is not None:
        return ArmBook(frozenset(), frozenset(), pair[0][0], pair[1][0], names=pair)
    found = find_comparison(title, text, terms, title_terms)
    sides = None if is_settled else found
    rival = _rival_groups(title, text, find_groups(text), intervention=intervention, terms=terms)
    if rival is not None:
        return rival if sides is None else _in_order_of(sides, rival)
    if sides is not None and (CONTROL_GROUP.search(text) is None or not intervention or any(side.concepts for side in sides)):
        return _of_sides(sides, text, terms, vocabulary)
    names = _names_of(found, intervention, comparator)
    return _against_control(title, text, (terms, title_terms), vocabulary, intervention=intervention, comparator=comparator, names=names)


def _against_control(
    title: str,
    text: str,
    all_terms: tuple[Sequence[Term], Sequence[Term]],
    vocabulary: Vocabulary,
    *,
    intervention: Sequence[Term],
    comparator: Sequence[Term],
    names: tuple[tuple[str, int], ...],
) -> ArmBook:
    """What is given, against whatever the text says of those who did not get it; ``all_terms`` are those of text and title."""
    terms, title_terms = all_terms
    control = CONTROL_GROUP.search(text)
    keys = frozenset(term_key(term) for term in intervention)
    without = _negated_intervention(text, terms, intervention, vocabulary) or _negated_intervention(
        title, title_terms, intervention, vocabulary
    )
    alone = given_alone(text, terms, keys) if intervention else ()
    control_label = control.group() if control else without or next((_printed(name, text) for name in alone), None)
    comparator_label = comparator[0].label if comparator else control_label
    contrast = find_contrast(title, text) if comparator_label is None else None
    if contrast is not None:
        return _contrasted(contrast, intervention, title, text)
    allocation = find_allocation(title, text, terms, intervention) if control is None and not comparator else None
    if allocation is not None:
        return _allocated(_of_sides(allocation.sides, text, terms, vocabulary), allocation, keys, alone)
    doses = dose_levels(text) if comparator_label is None else ()
    beside = _names_beside_control(text, find_groups(text)) if control is not None else ()
    return ArmBook(
        intervention=keys if not doses else frozenset(),
        comparator=frozenset(term_key(term) for term in comparator),
        intervention_label=most_specific(intervention, vocabulary),
        comparator_label=doses[-1][0] if doses else comparator_label,
        names=(*beside, *names, *((name, CONTROL) for name in alone), *doses),
        groups=defined_groups(text, terms, keys),
    )


def _names_of(sides: tuple[Side, Side] | None, intervention: Sequence[Term], comparator: Sequence[Term]) -> tuple[tuple[str, int], ...]:
    """What else the two arms of the title are called, where title or aim set the same two things against each other."""
    one, two = ({term_key(term) for term in arm} for arm in (intervention, comparator))
    for first, second in (sides, (sides[1], sides[0])) if sides is not None and one and two else ():
        if first.concepts & one and second.concepts & two:
            return tuple((name, number) for side, number in ((first, INTERVENTION), (second, CONTROL)) for name in side.names)
    return ()


def _names_beside_control(text: str, groups: Sequence[Group]) -> tuple[tuple[str, int], ...]:
    """What the intervention is called where the other arm is known by a control word: the first group, and what the trial gives."""
    names = [g.key for g in groups[:1] if CONTROL_GROUP.search(g.key + " group") is None]
    return tuple((name, INTERVENTION) for name in dict.fromkeys((*names, *given_against_control(text))))


def _in_order_of(sides: tuple[Side, Side], rival: ArmBook) -> ArmBook:
    """The groups of the text, the other way round where title or aim put their names so."""
    called = [{_plain(name) for name in side.names} for side in sides]
    named = [next((i for i in (0, 1) if _plain(key) in called[i]), None) for key, _ in rival.names]
    if named not in ([1, 0], [1, None], [None, 0]):
        return rival
    (one, _), (two, _) = rival.names
    names = ((two, INTERVENTION), (one, CONTROL))
    return replace(rival, intervention_label=rival.comparator_label, comparator_label=rival.intervention_label, names=names)


def _plain(name: str) -> str:
    return name.replace("-", " ").removesuffix("s")


def _of_sides(sides: tuple[Side, Side], text: str, terms: Sequence[Term], vocabulary: Vocabulary) -> ArmBook:
    """Two sides that the title or an aim sets against each other."""
    one, two = sides
    names = [(name, number) for side, number in ((one, INTERVENTION), (two, CONTROL)) for name in side.names]
    return ArmBook(
        one.concepts,
        two.concepts,
        one.label,
        two.label,
        groups=defined_groups(text, terms, one.concepts),
        names=tuple(names),
    )


def _allocated(book: ArmBook, allocation: Allocation, keys: frozenset[str], alone: Sequence[str]) -> ArmBook:
    """The book of two arms that only the sentence tells by which people were shared out, with all the names of what is given."""
    return replace(
        book,
        intervention=book.intervention | (keys - book.comparator),
        comparator=book.comparator - keys,
        names=(*book.names, *((name, CONTROL) for name in alone)),
        is_shared_out=True,
        is_control_first=allocation.is_control_first,
    )


def _contrasted(contrast: tuple[str, str], intervention: Sequence[Term], title: str, text: str) -> ArmBook:
    """Two names set side by side; the one that names the product leads, where just one does."""
    given = {term.text.lower() for term in intervention}
    one, two = contrast
    naming = [any(name in key for name in given) for key in contrast]
    if naming == [False, True] or (naming[0] == naming[1] and not leads((one,), (two,), title=title, text=text)):
        one, two = two, one
    keys = frozenset(term_key(term) for term in intervention) if any(naming) and not all(naming) else frozenset()
    return ArmBook(keys, frozenset(), _printed(one, text), _printed(two, text), names=((one, INTERVENTION), (two, CONTROL)))


def _printed(key: str, text: str) -> str:
    """A name in the letters of the text: "PTCy" for "ptcy"."""
    at = lowered(text).find(lowered(key))
    return text[at : at + len(key)] if at >= 0 else key


def _named_comparison(title: str, title_terms: Sequence[Term]) -> tuple[tuple[Term, ...], tuple[Term, ...]] | None:
    """Terms left and right of "versus" in the title, when both sides name something that is given."""
    match = _VERSUS.search(title) or (_AND.search(title) if _COMPARES.search(title) else None)
    if match is None:
        return None
    given = [term for term in title_terms if term.kind in GIVEN_KINDS]
    left = tuple(term for term in given if term.end <= match.start())
    right = tuple(term for term in given if term.start >= match.end())
    if not left or not right or not _TOUCHES.fullmatch(title[left[-1].end : match.start()]) or right[0].start - match.end() > 12:
        return None
    keys = {term_key(term) for term in left} & {term_key(term) for term in right}
    left, right = tuple(t for t in left if term_key(t) not in keys), tuple(t for t in right if term_key(t) not in keys)
    return (left[:1], right[:1]) if left and right else None


def _rival_groups(title: str, text: str, groups: Sequence[Group], *, intervention: Sequence[Term], terms: Sequence[Term]) -> ArmBook | None:
    """Two groups that the text names itself, where no control word tells them apart.

    The one that names the product is the intervention; of two others the one that the title names first, else the text.
    """
    if len(groups) < 2 or CONTROL_GROUP.search(text) is not None:
        return None
    groups = [g for g in groups if not any(t.kind in _NO_GROUPS and t.text.lower() == g.key for t in terms)]
    frequent = [g for g in groups if text.lower().count(g.key) > 1]
    groups = frequent if len(frequent) > 1 else groups
    if len(groups) < 2:
        return None
    given = {term.text.lower() for term in terms if term_key(term) in {term_key(t) for t in intervention}}
    named = [g for g in groups if any(name in g.key or g.key in name for name in given)]
    plain = [g for g in named if not re.match(r"(?:non|no|without)\b", g.key)]
    if plain and len(plain) < len(groups):
        first, second = plain[0], next(g for g in groups if g not in plain)
    else:
        first, second = groups[:2]
        if not leads((first.key,), (second.key,), title=title, text=text, sizes=(first.n, second.n)):
            first, second = second, first
    keys = frozenset(term_key(term) for term in intervention) if plain else frozenset()
    return ArmBook(
        keys, frozenset(), _printed(first.key, text), _printed(second.key, text), names=((first.key, INTERVENTION), (second.key, CONTROL))
    )


def _is_named_in(text: str, named: tuple[tuple[Term, ...], tuple[Term, ...]]) -> bool:
    """True when both sides of the title's comparison come back in the text under the same words."""
    return all(any(term.text.lower() in text.lower() for term in side) for side in named)


def _negated_intervention(text: str, terms: Sequence[Term], intervention: Sequence[Term], vocabulary: Vocabulary) -> str | None:
    keys = {term_key(term) for term in intervention}
    for term in terms:
        if term_key(term) in keys and NEGATED_BEFORE.search(text[max(0, term.start - 40) : term.start]):
            return f"no {term.label}"
    return "no " + intervention[0].label if intervention and WITHOUT_IT.search(text) else None
