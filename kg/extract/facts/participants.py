"""How many take part: analysed, enrolled, planned, per arm, studies pooled.

In: material. Out: counts with where they stand. A count of people is a fact of the study when its sentence says that they were
studied; counts of those with an event ("seven patients died", "12 patients (40%)") are results and never the size of a study.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.facts.material import OWN, Hit, Material
from kg.extract.facts.wording import wording
from kg.extract.numbers.numerals import WORD_NUMBER, parse_count
from kg.model import ArmCounts, Design, Fact, Origin, SectionLabel

_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{WORD_NUMBER})"
_PEOPLE = (
    r"(?:patients?|subjects|participants|individuals|children|adults|adolescents|infants|recipients|cases|persons|people|volunteers|men"
    r"|women|boys|girls"
    r"|transplants|transplantations|allografts|HSCTs|HCTs|pts)"
)
_WORD = r"(?:[A-Za-z][\w/+.-]*,?(?: \([^()]{1,40}\))?)"
_COUNT = wording(
    "patient|subject|participant|individual|child|adult|adolescent|infant|recipient|case|person|people|volunteer|men|boy|girl|transplant|allograft|hsct|hct|pts",
    rf"(?<![\w.,^=≥≤<>/-])(?P<number>{_NUMBER})(?P<between>(?: (?!(?:illustrative|hypothetical|of|to|had|were|was|in|with|who|months?"
    rf"|years?|days?|weeks?|cent(?:er"
    rf"|re)s|hospitals"
    rf"|studies|trials|of|for|after|at|from|by|on|age|aged|per|infusions?|doses?)\b){_WORD}){{0,6}}?) (?P<noun>{_PEOPLE})\b(?!-)",
)
_OUT_OF = wording(
    "/| of ",
    rf"\b{_NUMBER} ?(?:/| of (?:the |all |our )?)(?P<number>{_NUMBER})(?: {_WORD}){{0,2}}? (?P<noun>{_PEOPLE})\b",
)
#: "We gave them to 7 of the 33 patients": those given something are the study.
_SHARE = wording(
    "gave|given|infused|administered",
    rf"\b(?:gave|given|infused|administered)\b[^.;]{{0,30}}\b(?:to|in) (?P<number>{_NUMBER}) of (?:the |our )?{_NUMBER}\b",
)
_EQUALS = wording(
    "n=|n =",
    r"\b[nN] ?= ?(?P<number>\d{1,3}(?:,\d{3})+|\d{1,6})\b",
    flags=re.RegexFlag(0),
)
_TOTAL = wording(
    "total|sum|all|altogether",
    rf"\b(?:total|sum) of (?P<number>{_NUMBER})\b(?! (?:studies|trials|articles|publications|reports|centers|centres|years|months|days))"
    rf"|(?<![\w.,^=≥≤<>/-])(?P<number_first>{_NUMBER})(?: (?:patients|children|adults))?,? (?:in (?:all|total)\b|altogether\b)(?! group)"
    rf"|\ball (?P<number_all>\d{{2,6}})\b(?! ?%)(?= (?:patients|children|adults|participants|were|could|had))",
)
_STUDIED = re.compile(
    r"\b(?:enrol\w+|includ\w+|recruit\w+|stud(?:y|ied)|analy[sz]\w+|evalua\w+|review\w*|treat(?:ed|ment)|receiv\w+|underw\w+"
    r"|randomi[sz]\w+|assigned|allocated"
    r"|participa\w+|took part|eligible|registered|given|describe|report(?:ed)?|transplanted|infused|administered|examined|compared"
    r"|undergo\w*|consecutive|assessed"
    r"|collected|identified|took|followed|combined|comprising|comprised|involving|involved|pooled|with data (?:on|for|from)|consisted)\b",
    re.IGNORECASE,
)
_ANALYSED = re.compile(r"\b(?:analy[sz]ed|analysis|evaluable|assessable|completed|received|treated|included in the)\b", re.IGNORECASE)
_ENROLLED = re.compile(r"\b(?:enrol\w+|recruit\w+|screened|registered|assigned|randomi[sz]ed)\b", re.IGNORECASE)
_EVENT_AFTER = re.compile(
    r"^(?:,? (?:who |had |have |has |were |was |of (?:them|whom|these) )*)?(?: ?\(\d[\d.]* ?%|(?:(?!with\b)\w+ ){0,2}?(?:died|relaps\w+|develop\w+"
    r"|achiev\w+|respon\w+|surviv\w+|experienc\w+|reached|show\w+|alive|remain\w*|engraft\w+|suffer\w+)\b)",
    re.IGNORECASE,
)
_EVENT_BEFORE = re.compile(
    r"\b(?:affect\w+|(?:occurr\w+|seen|observed|noted|found|developed|documented|detected|diagnosed|evident|present|absent|achieved"
    r"|obtained|reached|recorded) in(?: only| the other| another)?|in(?: only| the other| another)|(?:achieved|reached|attained"
    r"|experienced) by"
    r"|died|only|another|other|further|remaining|least|per|every|million|whom|among)\W*$|\d ?%\)? ?\($|\b(?:group|arm|cohort),? $|^\W*In $",
    re.IGNORECASE,
)
#: Counts of others: in the perfect tense, or round. A study prints its own exactly.
_OF_OTHERS = re.compile(r"^(?: \w+){0,2}? (?:have|has) (?:\w+ )?been\b", re.IGNORECASE)
_ROUND = re.compile(r"\b(?:more than|over|nearly|almost|up to|approximately|about|some|every) $", re.IGNORECASE)
_CONTROLS = wording(
    "control|without|not receiving|did not|had not|received no|served as",
    rf"\b(?P<number>{_NUMBER})(?: {_WORD}){{0,3}}? (?:controls|(?:patients|recipients|children|cases) (?:who (?:did not|had not"
    rf"|received no)|not receiving|without (?:MSCs?|cells|infusions?)|served as|in the control(?: group| arm)?))\b"
    rf"|\bcontrols? (?:group )?(?:\(n ?= ?|of |comprised |included |consisted of )(?P<number_last>{_NUMBER})\b",
)
_A_CASE = wording(
    "case|patient|boy|girl|man|child|infant|male",
    r"\b(?:an?|one|the) (?:[\w-]+ ){0,3}(?:case|patient|boy|girl|man|woman|child|infant|male|female)\b",
)
#: "Of 3,012 transplants registered, 2,632 had data": those looked at, of whom some took part.
_LOOKED_AT = re.compile(
    r"^[^,.;]{0,80}\b(?:screened|registered|assessed for eligibility|identified|approached|evaluated for)\b[^.;]{0,60}?, ", re.IGNORECASE
)
_STUDIES = wording(
    "studies|trials|articles|publications|reports|rcts",
    rf"\b(?P<number>{_NUMBER})(?: (?!and\b|of\b){_WORD}(?: and {_WORD})?){{0,4}}? (?:studies|trials|articles|publications|reports"
    rf"|RCTs)\b",
)
_PLANNED = wording(
    "will|sample|plan|target",
    rf"\b(?:will (?:be )?(?:enrol\w*|recruit\w*|includ\w*|randomi[sz]\w*|assign\w*)|sample size(?: of| is| was)?|plan\w* (?:to (?:enrol"
    rf"|recruit|include)\w*)?|target(?:ed)? (?:enrol\w+|sample))"
    rf"[^.;]{{0,60}}?\b(?P<number>{_NUMBER})\b|(?P<number_first>{_NUMBER})(?: {_WORD}){{0,4}}? {_PEOPLE}[^.;]{{0,40}}? will be\b",
)
_ANIMALS = wording(
    "animals|mice|rats",
    rf"\b(?P<number>{_NUMBER})(?: {_WORD}){{0,2}}? (?:animals|mice|rats)\b",
)


#: Score of a count that may be the study's own, and what the first of these gains.
_TOLD, _FIRST_BONUS = 1.0, 0.4


@dataclass(frozen=True)
class Participants:
    """Counts as found; None where the text does not say."""

    n: int | None = None
    n_enrolled: int | None = None
    n_planned: int | None = None
    n_arms: ArmCounts | None = None
    n_studies: int | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scored:
    hit: Hit
    count: int
    score: float


def find_participants(material: Material, *, design: Design | None, species: str | None) -> Participants:
    """Counts of people; of animals only where a pooled analysis counts them."""
    if design is Design.PROTOCOL:
        return _planned(material)
    if design in (Design.IN_VITRO, Design.IN_VIVO_PRECLINICAL):
        return Participants()
    studies = _pooled_studies(material) if design in (Design.META_ANALYSIS, Design.REVIEW) else None
    if design is Design.REVIEW:
        return Participants(n_studies=None if studies is None else studies[0], facts=() if studies is None else (studies[1],))
    is_animal = species is not None and species != "human"
    scored = _animals(material) if is_animal else _people(material)
    people = _largest(scored) if design is Design.META_ANALYSIS else _best(scored)
    if people is not None and design is not Design.META_ANALYSIS:
        people = _with_other_arms(material, people)
    if people is None and design is Design.CASE_SERIES:
        return _one_case(material)
    return _counted(material, people, studies)


def _one_case(material: Material) -> Participants:
    """A report of "a case" counts one, as no number says."""
    hit = material.first(_A_CASE, roles=frozenset(SectionLabel))
    return Participants() if hit is None else Participants(n=1, facts=(hit.fact("n", "a-case"),))


def _counted(material: Material, people: _Scored | None, studies: tuple[int, Fact] | None) -> Participants:
    n = None if people is None else people.count
    facts = [] if people is None else [people.hit.fact("n", "people-studied")]
    arms = None
    controls = next((each for each in material.in_sentences(_CONTROLS) if not _is_aside(each)), None)
    if people is not None and controls is not None and controls.start is not None and people.hit.match.group() != controls.match.group():
        others = _number(controls)
        if others is not None and n is not None and not _is_total(material, people, others):
            arms = ArmCounts(intervention=n, comparator=others)
            facts.append(controls.fact("n_arms", "controls-counted"))
            n += others
    enrolled = _enrolled(material, n)
    facts += [] if enrolled is None else [enrolled.hit.fact("n_enrolled", "people-enrolled")]
    facts += [] if studies is None else [studies[1]]
    return Participants(
        n=n,
        n_enrolled=None if enrolled is None else enrolled.count,
        n_arms=arms,
        n_studies=None if studies is None else studies[0],
        facts=tuple(facts),
    )


def _is_aside(controls: Hit) -> bool:
    """True for healthy people, and for controls of whom something is told that befell them."""
    after = controls.match.string[controls.match.end() : controls.match.end() + 60]
    return "healthy" in controls.match.group().lower() or _EVENT_AFTER.match(after) is not None or after.startswith(" had ")


def _is_total(material: Material, people: _Scored, controls: int) -> bool:
    """True when the count found holds the controls: it is called a total, or what is left of it without them is printed too."""
    printed = people.hit.match.group().lower()
    rest = people.count - controls
    is_sum = rest > 0 and any(_number(hit) == rest for hit in material.in_sentences(_COUNT))
    return _TOTAL.pattern.search(printed) is not None or "all" in printed.split() or is_sum


def _number(hit: Hit) -> int | None:
    """The count in whichever group of the pattern matched."""
    return next((parse_count(text) for name, text in hit.match.groupdict().items() if name.startswith("number") and text is not None), None)


def _best(scored: list[_Scored]) -> _Scored | None:
    able = [each for each in scored if each.score > 0]
    return max(able, key=lambda each: each.score) if able else None


def _with_other_arms(material: Material, people: _Scored) -> _Scored:
    """Sizes of arms printed as "n = 40 … n = 37" in one sentence make up the study, where no total is printed."""
    if not people.hit.match.group().lower().startswith("n") or people.hit.start is None:
        return people
    sentence = next((span for span, _ in material.sentences if span.start <= (people.hit.start or 0) < span.end), None)
    sizes = (
        []
        if sentence is None
        else [h for h in material.in_sentences(_EQUALS) if h.start is not None and sentence.start <= h.start < sentence.end]
    )
    counts = [count for hit in sizes if (count := _number(hit)) is not None]
    return _Scored(people.hit, sum(counts), people.score) if len(counts) > 1 else people


def _largest(scored: list[_Scored]) -> _Scored | None:
    """What a pooled analysis counts in all studies exceeds every other count of people in it."""
    return max((each for each in scored if each.score > 0), key=lambda each: each.count, default=None)


def _people(material: Material) -> list[_Scored]:
    """Counts with their scores; a study tells its size before the sizes of its parts."""
    found = _each_count(material)
    told = [each for each in found if each.hit.start is not None and each.score >= _TOLD]
    first = min(told, key=lambda each: each.hit.start or 0, default=None)
    return [_Scored(each.hit, each.count, each.score + _FIRST_BONUS) if each is first else each for each in found]


def _each_count(material: Material) -> list[_Scored]:
    found = []
    for pattern, bonus in ((_COUNT, 0.0), (_OUT_OF, -0.5), (_EQUALS, -0.5), (_TOTAL, 1.0), (_SHARE, 2.0)):
        hits = [
            *material.in_sentences(pattern, roles=OWN | {SectionLabel.CONCLUSIONS, SectionLabel.BACKGROUND}),
            *material.in_title(pattern),
        ]
        for hit in hits:
            count = _number(hit)
            if count is not None and count > 0:
                found.append(_Scored(hit, count, _score(hit, is_equation=pattern is _EQUALS) + bonus))
    return found


def _score(hit: Hit, *, is_equation: bool) -> float:
    text = hit.match.string
    start = text.rfind(". ", 0, hit.match.start()) + 1
    stop = text.find(". ", hit.match.end())
    sentence = text[start : len(text) if stop < 0 else stop]
    before, after = text[max(start, hit.match.start() - 40) : hit.match.start()], text[hit.match.end() : hit.match.end() + 60]
    score = {SectionLabel.METHODS: 2.0, SectionLabel.OBJECTIVE: 2.0, SectionLabel.RESULTS: 1.0, SectionLabel.CONCLUSIONS: 0.5}.get(
        hit.role or SectionLabel.METHODS, -3.0
    )
    if hit.origin is Origin.TITLE:
        score = 1.5
    if _STUDIED.search(sentence) is not None:
        score += 1.5
    if not is_equation and (_EVENT_AFTER.match(after) is not None or _EVENT_BEFORE.search(before) is not None):
        score -= 2.5
    if _ANALYSED.search(sentence) is not None:
        score += 0.3
    if sentence.lstrip().startswith("Of ") and _LOOKED_AT.match(text[hit.match.end() : hit.match.end() + 160]) is not None:
        score -= 2.0
    if _OF_OTHERS.match(after) is not None or _ROUND.search(before) is not None:
        score -= 3.0
    return score


def _animals(material: Material) -> list[_Scored]:
    hits = material.in_sentences(_ANIMALS)
    return [_Scored(hit, count, 1.0) for hit in hits if (count := _number(hit)) is not None]


def _enrolled(material: Material, n: int | None) -> _Scored | None:
    """The first count that was enrolled and is not the number analysed."""
    for hit in material.in_sentences(_COUNT):
        count = _number(hit)
        near = hit.match.string[max(0, hit.match.start() - 60) : hit.match.end() + 60]
        if count is not None and n is not None and count > n and _ENROLLED.search(near) is not None:
            return _Scored(hit, count, 1.0)
    return None


def _pooled_studies(material: Material) -> tuple[int, Fact] | None:
    for hit in _studies(material):
        count = _number(hit)
        if count is not None and count > 1:
            return count, hit.fact("n_studies", "studies-pooled")
    return None


def _studies(material: Material) -> Iterator[Hit]:
    yield from material.in_sentences(_STUDIES)
    yield from material.in_title(_STUDIES)


def _planned(material: Material) -> Participants:
    hit = material.first(_PLANNED, roles=frozenset(SectionLabel))
    count = None if hit is None else _number(hit)
    if hit is None or count is None:
        return Participants()
    return Participants(n_planned=count, facts=(hit.fact("n_planned", "people-planned"),))
