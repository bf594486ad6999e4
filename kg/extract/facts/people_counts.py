"""Counts of people as printed, each with how likely it is the size of the study.

In: material. Out: counts with scores. A count is a fact of the study when its sentence says that people were studied; counts of those
with an event ("seven patients died", "12 patients (40%)") are results, and those looked at before some took part are candidates only.
"""

from dataclasses import dataclass, replace

from kg.extract.any_case import any_case
from kg.extract.facts.material import OWN, Hit, Material
from kg.extract.facts.wording import wording
from kg.extract.numbers.numerals import NUMBER_WORD, WORD_NUMBER, parse_count
from kg.model import Origin, SectionLabel

#: Figures and words, hundreds included: "1,200", "forty-five", "one hundred and sixty".
_HUNDREDS = rf"(?:{NUMBER_WORD}|an?)[- ]hundred"
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|(?:{_HUNDREDS}(?:[- ]and)?[- ])?{WORD_NUMBER}|{_HUNDREDS})"
PEOPLE = (
    r"(?:patients?|subjects|participants|individuals|children|adults|adolescents|infants|recipients|cases|persons|people|volunteers|men"
    r"|women|boys|girls|sisters|brothers|twins|siblings|males|females|survivors|newborns|babies|toddlers|teenagers"
    r"|transplants|transplantations|allografts|HSCTs|HCTs|pts)"
)
WORD = r"(?:type \d|[A-Za-z][\w/+.-]*,?(?: \([^()]{1,40}\))?)"
COUNT = wording(
    "patient|subject|participant|individual|child|adult|adolescent|infant|recipient|case|person|people|volunteer|men|boy|girl|sister"
    "|brother|twin|sibling|male|survivor|newborn|babies|toddler|teenager"
    "|transplant|allograft|hsct|hct|pts",
    rf"(?<![\w.,^=≥≤<>/-])(?<!type )(?<!grade )(?<!stage )(?<!class )(?<!group )(?<!phase )(?P<number>{NUMBER})"
    r"(?P<between>(?: (?!(?:illustrative|hypothetical|of|to|had|were|was|in|with|who|months?"
    rf"|years?|days?|weeks?|cent(?:er"
    rf"|re)s|hospitals"
    rf"|studies|trials|of|for|after|at|from|by|on|age|aged|per|infusions?|doses?)\b){WORD}){{0,6}}?) (?P<noun>{PEOPLE})\b(?!-)",
)
_OUT_OF = wording(
    "/| of ",
    rf"\b(?P<number_some>{NUMBER}) of (?:the )?{NUMBER} (?:eligible|screened|invited|consenting|potential)\b"
    rf"|\b{NUMBER} ?(?:/| of (?:the |all |our )?)(?P<number>{NUMBER})(?: {WORD}){{0,2}}? (?P<noun>{PEOPLE})\b",
    probe=rf"(?:/| of (?:the |all |our )?)(?:\d|{WORD_NUMBER.lower()}|an? )",
)
#: "Forty-five were treated": people who need no noun.
_BARE = wording(
    " were ",
    rf"(?:^|(?<=[.:;] ))(?P<number>{NUMBER}) were (?:\w+ )?(?:treated|enrolled|included|recruited|infused|transplanted|studied"
    rf"|randomi[sz]ed|assigned)\b",
)
#: "|381| with acute GVHD |were included in the analysis|": those analysed, told without their noun.
_IN_ANALYSIS = wording(
    "included in|analy|evaluable|assessable",
    rf"(?:^|(?<=[;,] ))(?P<number>{NUMBER})(?! ?%)(?: [A-Za-z][\w/+–-]*){{0,6}}? were (?:\w+ )?(?:included in (?:the )?(?:\w+ )?analys[ei]s"
    r"|analy[sz]ed|evaluable|assessable)\b",
)
#: "We gave them to 7 of the 33 patients": those given something are the study.
_SHARE = wording(
    "gave|given|infused|administered",
    rf"\b(?:gave|given|infused|administered)\b[^.;]{{0,30}}\b(?:to|in) (?P<number>{NUMBER}) of (?:the |our )?{NUMBER}\b",
)
EQUALS = wording(
    "n=|n =",
    r"\b[nN] ?= ?(?P<number>\d{1,3}(?:,\d{3})+|\d{1,6})\b",
    heeds_case=True,
)
TOTAL = wording(
    "total|sum|all|altogether",
    rf"\b(?:total|sum) of (?P<number>{NUMBER})\b(?! (?:[\w-]+ ){{0,3}}?(?:studies|trials|articles|publications|reports"
    rf"|centers|centres|years|months|days|infusions?|doses|injections|cycles|courses|samples|units|mice|animals)\b)"
    rf"|(?<![\w.,^=≥≤<>/-])(?P<number_first>{NUMBER})(?: (?:patients|children|adults))?,? (?:in (?:all|total)\b|altogether\b)(?! group)"
    rf"|\ball (?P<number_all>\d{{2,6}})\b(?! ?%)(?= (?:patients|children|adults|participants|were|could|had))",
    probe=r"\b(?:total|sum) of\b|\bin (?:all|total)\b|\baltogether\b|\ball \d",
)
_STUDIED = any_case(
    r"\b(?:enrol\w+|includ\w+|recruit\w+|stud(?:y|ied)|analy[sz]\w+|evalua\w+|review\w*|treat(?:ed|ment)|receiv\w+|underw\w+"
    r"|randomi[sz]\w+|assigned|allocated"
    r"|participa\w+|took part|eligible|registered|given|describe|report(?:ed)?|transplanted|infused|administered|examined|compared"
    r"|undergo\w*|consecutive|assessed"
    r"|collected|identified|took|followed|combined|comprising|comprised|involving|involved|pooled|with data (?:on|for|from)|consisted)\b",
)
_ANALYSED = any_case(r"\b(?:analy[sz]ed|analysis|evaluable|assessable|completed|received|treated|included in the)\b")
EVENT_AFTER = any_case(
    r"^(?:,? (?:who |had |have |has |were |was |of (?:them|whom|these) )*)?(?: ?\(\d[\d.]* ?%|(?:(?!with\b)\w+ ){0,2}?(?:died|relaps\w+"
    r"|develop\w+"
    r"|achiev\w+|respon\w+|surviv\w+|experienc\w+|reached|show\w+|alive|remain\w*|engraft\w+|suffer\w+)\b)",
)
_EVENT_BEFORE = any_case(
    r"\b(?:affect\w+|(?:occurr\w+|seen|observed|noted|found|developed|documented|detected|diagnosed|evident|present|absent|achieved"
    r"|obtained|reached|recorded) in(?: only| the other| another)?|in(?: only| the other| another)|(?:achieved|reached|attained"
    r"|experienced) by"
    r"|died|only|another|other|further|remaining|least|per|every|million|whom)\W*$|\d ?%\)? ?\($|\b(?:group|arm|cohort),? $|^\W*In $",
)
#: "Three of them among 20 |": in what was done, those are the study; in what was found, a part of it.
_AMONG = any_case(r"\bamong\W*$")
#: "Similar to all 293 patients transplanted in those years": those the study's own are set against.
_SET_AGAINST = any_case(
    r"\b(?:compar\w+ (?:to|with)|than|versus|vs\.?|as against)(?: (?:in|that of|those of|for))?(?: (?:all|the|our))*\W*$"
)
#: "A total of 336 |had A and 869 had B|": the first of several parts.
_FIRST_PART = any_case(
    rf"^[^.;]{{0,140}}?\band {NUMBER}(?: {PEOPLE})? (?:had |were |was )?(?:underwent|received|given|treated|transplanted|assigned|got)\b"
)
#: Counts of others: in the perfect tense, or round. A study prints its own exactly.
_OF_OTHERS = any_case(r"^(?: \w+){0,2}? (?:have|has) (?:\w+ )?been\b")
_ROUND = any_case(r"\b(?:more than|over|nearly|almost|up to|approximately|about|some|every) $")
#: "Of 3,012 transplants registered, 2,632 had data": those looked at, of whom some took part.
_CANDIDATES = any_case(r"\b(?:eligible|screened|invited|consenting|potential)\b")
_LOOKED_AT = any_case(
    r"^[^,.;]{0,80}\b(?:screened|registered|assessed for eligibility|identified|approached|evaluated for|entered in|reported to|listed)\b"
    r"[^.;]{0,60}?, "
)
#: "40 patients |were screened|, 31 enrolled": more were looked at than took part.
_SCREENED = any_case(r"^(?: had been| were)? (?:screened|approached|assessed for eligibility)\b")
_IS_TOTAL = any_case(r"(?:total|sum) of\b")
#: Score of a count that may be the study's own, and what the first of these gains.
_TOLD, _FIRST_BONUS = 1.0, 0.4


@dataclass(frozen=True, slots=True)
class Scored:
    """A count with its score; one above zero may be the size of the study."""

    hit: Hit
    count: int
    score: float
    #: True for people who only lent their cells: "blood of twelve volunteers".
    is_lending: bool = False


def count_people(material: Material) -> list[Scored]:
    """Counts with their scores; a study tells its size before the sizes of its parts."""
    found = _each_count(material)
    told = [each for each in found if each.hit.start is not None and each.score >= _TOLD]
    first = min(told, key=lambda each: each.hit.start or 0, default=None)
    return [replace(each, score=each.score + _FIRST_BONUS) if each is first else each for each in found]


def number_of(hit: Hit) -> int | None:
    """The count in whichever group of the pattern matched."""
    printed = (text for name, text in hit.match.groupdict().items() if name.startswith("number") and text is not None)
    return next((parse_people(text) for text in printed), None)


def parse_people(text: str) -> int | None:
    """The number; figures and words, hundreds included: "one hundred and sixty"."""
    hundreds, found, rest = text.lower().replace("-", " ").partition(" hundred")
    if not found:
        return parse_count(text.lower())
    rest = rest.removeprefix(" and").strip()
    many, few = (1 if hundreds in ("a", "an") else parse_count(hundreds)), (parse_count(rest) if rest else 0)
    return None if many is None or few is None else 100 * many + few


def _each_count(material: Material) -> list[Scored]:
    found = []
    for pattern, bonus in ((COUNT, 0.0), (_BARE, -1.0), (_IN_ANALYSIS, 2.0), (_OUT_OF, -0.5), (EQUALS, -0.5), (TOTAL, 1.0), (_SHARE, 2.0)):
        hits = [
            *material.in_sentences(pattern, roles=OWN | {SectionLabel.CONCLUSIONS, SectionLabel.BACKGROUND}),
            *material.in_title(pattern),
        ]
        for hit in hits:
            count = number_of(hit)
            if count is not None and count > 0:
                found.append(Scored(hit, count, _score(hit, is_equation=pattern is EQUALS) + bonus, _is_lending(hit)))
    return found


#: "In four men with sclerosis, cells were injected", "In 78 adults we counted": what was done to them, not what befell them.
_WE_DID = any_case(
    r"^[^.;]{0,90}?(?:,? we (?!observed|saw|found|noted|detected)\w+"
    r"|[^.;]{0,60}?\b(?:was|were) (?:\w+ )?(?:injected|infused|given|administered|counted|measured|transplanted|used|performed"
    r"|determined|quantified)\b)",
)


def _we_did(hit: Hit) -> bool:
    return _WE_DID.match(hit.match.string[hit.match.end() : hit.match.end() + 200]) is not None


def _is_lending(hit: Hit) -> bool:
    return _LENT.search(hit.match.string[max(0, hit.match.start() - 90) : hit.match.start()]) is not None


#: Material in front of those it was taken from.
_LENT = any_case(
    r"\b(?:\w*cells?|\w*MSCs?|PBMCs?|\w*cytes|lymphocytes|serum|sera|plasma|marrow|blood|samples?|specimens?|biops\w+|tissues?|skin"
    r"|aspirates?|lipoaspirates?|fat|placentas?|cords?|explants?|organoids)(?: (?:was|were|had been))?(?: \w+ed| taken| drawn)?"
    r" (?:of|from)(?: a total of)? $",
)


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
    if not is_equation and (EVENT_AFTER.match(after) is not None or (_EVENT_BEFORE.search(before) is not None and not _we_did(hit))):
        score -= 3.5
    if before.endswith("(") and after.startswith(")"):
        score -= 2.0  # "skin (9 patients)": a share
    if _ANALYSED.search(sentence) is not None:
        score += 0.3
    if hit.role is SectionLabel.RESULTS and _AMONG.search(before) is not None and not _we_did(hit):
        score -= 3.5
    return score - _others_share(hit, before, text[hit.match.end() : len(text) if stop < 0 else stop])


def _others_share(hit: Hit, before: str, rest: str) -> float:
    """What a count loses where it is of other people, of those looked at before some took part, or of one part of the study."""
    loss = 0.0
    if hit.origin is not Origin.TITLE and _SET_AGAINST.search(before) is not None:
        loss += 2.5
    if _IS_TOTAL.match(hit.match.group()) and _FIRST_PART.match(rest):
        loss += 1.5
    is_candidates = _CANDIDATES.search(hit.match.group()) is not None and before.endswith((" of ", " of the "))
    if is_candidates or (before.endswith("Of ") and _LOOKED_AT.match(rest) is not None):
        loss += 4.0
    if _OF_OTHERS.match(rest) is not None or _SCREENED.match(rest) is not None or _ROUND.search(before) is not None:
        loss += 3.0
    return loss
