"""Which phrases of a sentence are measured quantities.

In: a sentence with its terms. Out: outcome mentions with label, concept and family. A disease named as context ("for
steroid-refractory GVHD", "GVHD prophylaxis") is no outcome; a disease that occurs, develops or is counted is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extract.any_case import any_case
from kg.extract.findings.outcome_context import is_context
from kg.extract.findings.outcome_grammar import GRAMMAR, GRAMMAR_PATTERN, TOXIC_BEFORE, Family
from kg.extract.findings.outcome_groups import names_doers, names_group, names_responders
from kg.extract.findings.outcome_verbs import Told, told_by_verbs
from kg.model import Desirable, Outcome, Term, TermKind
from kg.vocabulary import Concept, Vocabulary


@dataclass(frozen=True, slots=True)
class OutcomeMention:
    """One mention; ``is_weak`` when only a number or a direction word right beside it makes it an outcome."""

    start: int
    end: int
    text: str
    label: str
    concept: str | None
    family: Family
    desirable: Desirable
    is_weak: bool = False
    #: True when the verb alone says that it happened.
    is_statement: bool = False

    def record(self) -> Outcome:
        """The mention as a record."""
        return Outcome(start=self.start, end=self.end, text=self.text, label=self.label, concept=self.concept)


_EXTENSION = any_case(
    r"^(?:[- ](?:proliferation|activation|expansion|cytotoxicity|production|secretion|expression|counts?|numbers?|levels?"
    r"|frequenc(?:y|ies)|proportions?|reconstitution"
    r"|recovery|concentrations?|ratio|infiltration|symptoms?|scores?|severity))+\b",
)
_HEAD_BEFORE = any_case(
    r"(?:(?:cumulative )?incidences?|rates?|risks?|frequency|occurrence|probability|probabilit(?:y|ies)|development|severity"
    r"|prevalence|(?:clinical )?scores?|symptoms?"
    r"|injury inflicted by|levels?|numbers?|amounts?|proportions?|counts?|percentages?|production|expansion"
    r"|activation and proliferation|proliferation) (?:of|for) (?:the |developing )?$",
)
_FREE_BEFORE = any_case(r"(?:\bfree (?:of|from)|\bfreedom from|\babsence of) (?:\w+ )?$")
#: Diseases for which people are transplanted: never a result of a transplant study unless a number stands beside them.
_INDICATIONS = any_case(
    r"leuk|lymphoma|anemia, |aplastic|myeloma|myelodysplas|malignan|thalass|sickle|neoplasm|immunodeficien|autoimmun|diabetes"
    r"|crohn|disease$",
)
_FAMILY_WORDS: tuple[tuple[str, Family], ...] = (
    (r"\b(?:time to|survival time|duration of|length of|time-to)\b", Family.TIME),
    (r"survival|freedom|alive", Family.SURVIVAL),
    (r"engraftment|recovery|reconstitution|chimerism", Family.ENGRAFTMENT),
    (r"response|remission|stable disease|efficacy|outcome", Family.RESPONSE),
    (r"count|ratio|level|score|severity|quality of life|interleukin|factor|dose(?!-limiting)", Family.QUANTITY),
)
_TIME_OF_ENGRAFTMENT = re.compile(r"^(?:neutrophil|platelet|hematopoietic|myeloid)? ?(?:engraftment|recovery)$")


def find_outcomes(text: str, start: int, end: int, *, terms: Sequence[Term], vocabulary: Vocabulary) -> tuple[OutcomeMention, ...]:
    """Outcome mentions inside ``text[start:end]`` in order, none overlapping."""
    found: list[OutcomeMention] = []
    for term in terms:
        if start <= term.start and term.end <= end:
            mention = _from_term(text, start, end, term, vocabulary)
            if mention is not None:
                found.append(mention)
    found.extend(_ratios_of_cells(text, start, end, terms, vocabulary))
    for match in GRAMMAR_PATTERN.finditer(text, start, end):
        if not (match.group()[:5].lower() == "grade" and TOXIC_BEFORE.search(text, start, match.start())):
            _, label, family = GRAMMAR[int((match.lastgroup or "g0")[1:])]
            found = _replaced(found, _from_told(text, Told(match.start(), match.end(), label or match.group().lower(), family), vocabulary))
    for told in told_by_verbs(text, start, end):
        found = _replaced(found, _from_told(text, told, vocabulary))
    found = [o for o in found if not _is_of_people(text[start : o.start], o)]
    ordered = sorted(_without_overlap(found), key=lambda o: o.start)
    return _with_short_forms(text, ordered)


def _is_of_people(before: str, outcome: OutcomeMention) -> bool:
    """True where it names people: "those who |responded|", "patients who achieved a complete |response|"."""
    is_response = outcome.family is Family.RESPONSE and not outcome.is_statement
    return names_doers(before, outcome.text) or (is_response and names_group(before))


def as_time(outcome: OutcomeMention, vocabulary: Vocabulary) -> OutcomeMention:
    """Engraftment counted in days or called faster is the time to engraftment; other outcomes stay."""
    label = outcome.label.replace("recovery", "engraftment")
    if outcome.family is not Family.ENGRAFTMENT or _TIME_OF_ENGRAFTMENT.match(label) is None:
        return outcome
    return _labelled(outcome, f"time to {label}", vocabulary, Family.TIME, Desirable.LOWER)


def at_day_28(outcome: OutcomeMention, vocabulary: Vocabulary) -> OutcomeMention:
    """An overall response printed for day 28 is the day-28 overall response."""
    return _labelled(outcome, "day-28 overall response", vocabulary, Family.RESPONSE, Desirable.HIGHER)


_TO = re.compile(r"\s?(?:to|:|/)\s?")


def _ratios_of_cells(text: str, start: int, end: int, terms: Iterable[Term], vocabulary: Vocabulary) -> list[OutcomeMention]:
    """As in "the ratio of Th1 to Th2 cells", "the CD4/CD8 ratio" of two cell terms."""
    cells = [t for t in terms if t.kind is TermKind.CELL_TYPE and start <= t.start and t.end <= end]
    found = []
    for one, two in pairwise(cells):
        if _TO.fullmatch(text[one.end : two.start]) is None:
            continue
        ahead, behind = re.search(r"\bratios? of (?:the )?$", text[start : one.start]), re.match(r" ratios?\b", text[two.end : end])
        if ahead is None and behind is None:
            continue
        begin = one.start - len(ahead.group()) if ahead else one.start
        finish = two.end + behind.end() if behind else two.end
        short = [re.sub(r"[ -](?:cells?|lymphocytes?)$", "", t.text) for t in (one, two)]
        mention = OutcomeMention(begin, finish, text[begin:finish], f"{short[0]}/{short[1]} ratio", None, Family.QUANTITY, Desirable.NONE)
        found.append(_labelled(mention, mention.label, vocabulary, Family.QUANTITY, Desirable.NONE))
    return found


#: "|GVHD| |response|", "|lung| |infection|": the first of two names says of what the second is.
_HEADS = (Family.EVENT, Family.RESPONSE)
#: "|Complete resolution| of |GVHD|".
_OF_A_DISEASE = re.compile(r" of (?:the |all |their )?")


def _with_short_forms(text: str, found: list[OutcomeMention]) -> tuple[OutcomeMention, ...]:
    """A short form in brackets right after its long form is part of that mention, and so is what a stroke adds to an event."""
    joined: list[OutcomeMention] = []
    for outcome in found:
        last = joined[-1] if joined else None
        if last is not None and _is_added(text, last, outcome):
            joined[-1] = replace(last, end=outcome.end, text=text[last.start : outcome.end])
            continue
        if last is not None and text[last.end : outcome.start] == " " and last.family is Family.EVENT and outcome.family in _HEADS:
            joined[-1] = replace(outcome, start=last.start, text=text[last.start : outcome.end])
            continue
        if last is not None and _OF_A_DISEASE.fullmatch(text, last.end, outcome.start) and last.family is Family.RESPONSE:
            joined[-1] = replace(last, end=outcome.end, text=text[last.start : outcome.end])
            continue
        if (
            last is not None
            and text[last.end : outcome.start].strip() == "("
            and text[outcome.end : outcome.end + 1] == ")"
            and outcome.end - outcome.start <= 12
        ):
            joined[-1] = replace(last, end=outcome.end + 1, text=text[last.start : outcome.end + 1])
        else:
            joined.append(outcome)
    return tuple(joined)


#: "Relapse of |severe aplastic anemia|": what an event befalls.
_OF_WHAT = any_case(r" (?:of|from) (?:(?:the|their|his|her|its|an?) )?(?:[\w-]+ )?")
#: "Relapse/mortality was 20%/15%": as many numbers as events.
_EACH_ITS_NUMBER = re.compile(r"[^.;]{0,60}?\d ?%? ?/ ?\d")


def _is_added(text: str, last: OutcomeMention, outcome: OutcomeMention) -> bool:
    """As in "relapse/progression was 22%", one number for what is counted together, and in "relapse of the lymphoma"."""
    if not last.family is outcome.family is Family.EVENT:
        return False
    if outcome.is_weak and _OF_WHAT.fullmatch(text, last.end, outcome.start) is not None:
        return True
    return text[last.end : outcome.start] == "/" and _EACH_ITS_NUMBER.match(text, outcome.end) is None


def _labelled(outcome: OutcomeMention, label: str, vocabulary: Vocabulary, family: Family, desirable: Desirable) -> OutcomeMention:
    concept = vocabulary.find(label, kind=TermKind.OUTCOME.value)
    slug = concept.slug if concept is not None else None
    return replace(outcome, label=concept.label if concept is not None else label, concept=slug, family=family, desirable=desirable)


def _from_term(text: str, start: int, end: int, term: Term, vocabulary: Vocabulary) -> OutcomeMention | None:
    before, after = text[start : term.start], text[term.end : end]
    if term.kind in (TermKind.OUTCOME, TermKind.CONDITION):
        return _from_event(text, term, before, after, vocabulary)
    if term.kind is TermKind.CELL_TYPE and (_describes(term, after) or _GIVEN_BEFORE.search(before) is not None):
        return None
    if term.kind in (TermKind.CELL_TYPE, TermKind.BIOMARKER):
        return _from_quantity(text, term, before, after, vocabulary)
    return None


def _from_event(text: str, term: Term, before: str, after: str, vocabulary: Vocabulary) -> OutcomeMention | None:
    free, head = _FREE_BEFORE.search(before), _HEAD_BEFORE.search(before)
    if term.kind is TermKind.CONDITION and head is None and free is None and is_context(before, after):
        return None
    if term.kind is TermKind.OUTCOME and (names_group(before) or names_responders(term.text + after)):
        return None
    concept = _measuring(term, vocabulary)
    label = concept.label if concept is not None else term.label
    at = term.start - len((free or head).group()) if (free or head) else term.start  # type: ignore[union-attr]  # one of them matched
    desirable = (concept.desirable if concept is not None else None) or Desirable.NONE
    if desirable is Desirable.NONE and term.kind is TermKind.CONDITION:
        desirable = Desirable.LOWER
    mention = OutcomeMention(at, term.end, text[at : term.end], label, concept.slug if concept else term.concept, _family(label), desirable)
    if free is not None:
        return _labelled(mention, f"freedom from {term.label}", vocabulary, Family.SURVIVAL, Desirable.HIGHER)
    is_indication = (
        term.kind is TermKind.CONDITION
        and _INDICATIONS.search(term.label) is not None
        and not re.search(r"graft|relapse|recurren", term.label)
    )
    return replace(mention, is_weak=is_indication and head is None)


#: Cells after these are what is given, not what is measured.
_GIVEN_BEFORE = any_case(
    r"\b(?:(?:co-?)?(?:transplantations?|transplants?|infusions?|injections?|administrations?|implantations?|delivery|transfers?) of"
    r"|(?:treated|treatment|therapy) with) (?:(?!and\b|or\b)[\w-]+ ){0,2}$",
)
#: What a name in the singular is followed by when it is no part of a longer name.
_NAME_ENDS = any_case(
    r"^ (?:and|or|nor|but|as|than|in|of|on|at|to|by|with|without|for|from|after|before|during|among|per|versus|vs|was|were|is|are|had|has"
    r"|did|does|do|while|whereas|which|that|who|not|at|when|once|given|\w+ly)\b",
)


def _describes(term: Term, after: str) -> bool:
    """As in "leukocyte telomere length": one cell before another noun says of what that is; how many cells there are is not told."""
    is_one = not term.text.lower().endswith("s")
    return is_one and re.match(r" [a-z]", after) is not None and _EXTENSION.match(after) is None and _NAME_ENDS.match(after) is None


def _from_quantity(text: str, term: Term, before: str, after: str, vocabulary: Vocabulary) -> OutcomeMention:
    extension, head = _EXTENSION.match(after), _HEAD_BEFORE.search(before)
    begin = term.start - (len(head.group()) if head else 0)
    finish = term.end + (extension.end() if extension else 0)
    measured = extension.group().strip(" -").lower() if extension else ""
    if term.kind is TermKind.BIOMARKER:
        label = term.label
    elif measured and not re.match(r"counts?|numbers?|levels?|frequenc|proportion", measured):
        label = f"{term.label} {measured}"
    else:
        label = f"{term.label} count"
    concept = vocabulary.find(label)
    desirable = (concept.desirable if concept is not None else None) or Desirable.NONE
    is_weak = head is None and extension is None
    return OutcomeMention(
        begin, finish, text[begin:finish], label, concept.slug if concept else None, Family.QUANTITY, desirable, is_weak=is_weak
    )


def _replaced(found: list[OutcomeMention], mention: OutcomeMention) -> list[OutcomeMention]:
    """With the mention in the place of those that lie inside it; without it where it crosses another."""
    crossed = [o for o in found if o.start < mention.end and mention.start < o.end]
    whole = all(mention.start <= o.start and o.end <= mention.end for o in crossed)
    return [*(o for o in found if o not in crossed), mention] if whole else found


def _from_told(text: str, told: Told, vocabulary: Vocabulary) -> OutcomeMention:
    concept = vocabulary.find(told.label, kind=TermKind.OUTCOME.value)
    desirable = (concept.desirable if concept is not None else None) or Desirable.NONE
    slug = concept.slug if concept is not None else None
    mention = OutcomeMention(told.start, told.end, text[told.start : told.end], told.label, slug, Family(told.family), desirable)
    return replace(mention, is_statement=told.is_statement)


def _measuring(term: Term, vocabulary: Vocabulary) -> Concept | None:
    """The outcome concept that counts a condition, else the term's own concept."""
    if term.concept is None or term.concept not in vocabulary.concepts:
        return None
    own = vocabulary.concepts[term.concept]
    if own.label == "death":
        return vocabulary.find("mortality", kind=TermKind.OUTCOME.value) or own
    if term.kind is not TermKind.CONDITION:
        return own
    measuring = [c for c in vocabulary.of_kind(TermKind.OUTCOME.value) if c.measures == own.slug and "incidence" in c.label]
    return min(measuring, key=lambda c: (len(c.label), c.slug), default=own)


def _family(label: str) -> Family:
    return next((family for pattern, family in _FAMILY_WORDS if re.search(pattern, label)), Family.EVENT)


def _without_overlap(found: list[OutcomeMention]) -> list[OutcomeMention]:
    kept: list[OutcomeMention] = []
    for mention in sorted(found, key=lambda o: (o.start - o.end, o.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return kept
