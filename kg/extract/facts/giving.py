"""What was given and how: doses, number and timing of infusions, route, follow-up.

In: material. Out: values with where they stand. A schedule stays as printed; a number of infusions is one patient's.
"""

from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.facts.material import OWN, Hit, Material
from kg.extract.facts.wording import Wording, wording
from kg.extract.numbers.numerals import WORD_NUMBER, parse_count
from kg.model import Dose, Fact, Origin, SectionLabel

_GIVEN = r"(?:infusions?|doses|injections?|administrations?|courses?|cycles)"
#: "40 patients received an infusion" counts patients.
_PEOPLE = r"(?:patients|children|adults|recipients|participants|subjects|mice|animals)"
_TIMES = {"single": 1, "once": 1, "twice": 2, "second": 2}
_NUMBER_GIVEN = wording(
    "infus|dose|inject|admin|course|cycle",
    rf"\b(?P<count>single|{WORD_NUMBER}|\d{{1,2}}) (?!of\b)(?:(?:(?!an?\b|{_PEOPLE}\b)[\w-]+ ){{0,3}}?){_GIVEN}\b(?! of (?:life|follow))"
    rf"|\binfus\w+ (?P<times>once|twice|(?:{WORD_NUMBER}|\d{{1,2}}) times)\b(?! (?:a|per) )",
)
#: One infusion that is not counted: "supplemented by an infusion of MSCs".
_ONE_GIVEN = wording(
    "infusion of",
    r"\b(?:by|with|plus|and|received|receiving|given|got) an (?:additional |extra |intravenous )?infusion of\b"
    r"(?![^.;]*\b(?:every|weekly|daily|per week|repeated)\b)",
)
_REPEATED = wording(
    "repeat|multiple|serial|several|sequential|consecutive",
    rf"\b(?:repeated(?:ly)?|multiple|serial|several|sequential|consecutive) (?:\w+ |[\w-]+ ){{0,4}}?(?:{_GIVEN}|MSCs?|cells)\b"
    rf"|\binfused repeatedly\b|\brepeat(?:ed)? (?:dosing|infusion)\b",
)
_SCHEDULE = wording(
    "once|twice|times|every|weekly|interval|day",
    rf"\b(?:(?:once|twice|three times|two times|\d times) (?:a|per|each|every) (?:day|week|month)|(?:once|twice) (?:daily|weekly|monthly)"
    rf"|every (?:other (?:day|week)|(?:\d+|{WORD_NUMBER}|second|third) (?:days?|weeks?|months?|hours?)|week|month)"
    rf"|(?:bi|tri)?weekly|at \w+ly intervals|at intervals of (?:\d+|{WORD_NUMBER}) (?:days?|weeks?|months?)|on days? [+−-]?\d+(?:(?:, ?"
    rf"| and |, and )[+−-]?\d+)+)(?:,? for (?:\d+|{WORD_NUMBER})(?: consecutive)? (?:days|weeks|months|doses|cycles))?",
)
_ROUTES: tuple[tuple[str, Wording], ...] = (
    ("intra-bone marrow", wording("intra", r"\bintra-?(?: ?)(?:bone[- ]marrow|BM|osseous|medullary)\b")),
    (
        "intravenous",
        wording(
            "intravenous|i.v.|iv |vein|systemic",
            r"\b(?:intravenous(?:ly)?|i\.v\.|IV (?:infusions?|injections?|administration)|tail vein|systemic(?:ally)? (?:administ"
            r"|infus)\w+)",
        ),
    ),
    ("intra-arterial", wording("arterial", r"\bintra-?arterial(?:ly)?\b")),
    ("intra-articular", wording("articular", r"\bintra-?articular(?:ly)?\b")),
    ("intraperitoneal", wording("peritoneal|i.p.", r"\b(?:intra-?peritoneal(?:ly)?|i\.p\.)")),
    ("intrasplenic", wording("splen|spleen", r"\b(?:intra-?splenic(?:ally)?|into the spleen)\b")),
    ("intrathecal", wording("thecal", r"\bintra-?thecal(?:ly)?\b")),
    ("intramuscular", wording("muscular", r"\bintra-?muscular(?:ly)?\b")),
    ("subcutaneous", wording("subcutaneous", r"\bsubcutaneous(?:ly)?(?! fat)\b")),
    ("topical", wording("topical", r"\btopical(?:ly)?\b")),
    ("oral", wording("mouth|per os|oral", r"\b(?:by mouth|per os|orally|oral (?!GVHD|cGVHD|chronic|mucos|cavity|lichen)[a-z]+)\b")),
)
_GIVING = any_case(r"\b(?:infus\w+|given|administ\w+|inject\w+|receiv\w+|co-?transplant\w*)\b")
_DAY = wording(
    "d",
    r"\b(?:[Dd]ays?|D) ?(?P<sign>[+−–-]|\(\+\))? ?(?P<number>\d{1,3})\b(?! ?(?:%|days|after (?:the )?(?:first |MSC |cell )?infusion"
    r"|of culture))",
    heeds_case=True,
)
_FOLLOW_UP = wording(
    "follow",
    rf"\b(?:median|mean) (?:duration of )?follow-?up\b[^.;]{{0,60}}?(?P<number>\d+(?:\.\d+)?"
    rf"|{WORD_NUMBER})(?: ?\([^)]*\))?[ -](?P<unit>days?|weeks?|months?|years?)|followed (?:up )?for (?:a |an )?(?:median"
    rf"|mean) of (?P<number2>\d+(?:\.\d+)?)[ -](?P<unit2>days?|weeks?|months?|years?)",
)


@dataclass(frozen=True)
class Giving:
    """What was given, how often, where and when."""

    doses: tuple[Dose, ...] = ()
    infusions: int | None = None
    is_repeated: bool | None = None
    schedule: str | None = None
    route: str | None = None
    infusion_day: int | None = None
    follow_up: str | None = None
    facts: tuple[Fact, ...] = ()


def find_giving(material: Material) -> Giving:
    """Doses, infusions, route, day and follow-up."""
    facts: list[Fact] = []
    infusions = _infusions(material, facts)
    return Giving(
        doses=_doses(material, facts),
        infusions=infusions,
        is_repeated=_repetition(material, infusions, facts),
        schedule=_schedule(material, facts),
        route=_route(material, facts),
        infusion_day=_day(material, facts),
        follow_up=_follow_up(material, facts),
        facts=tuple(facts),
    )


def _doses(material: Material, facts: list[Fact]) -> tuple[Dose, ...]:
    """Doses of the study's own sentences, each printed form once."""
    own = [span for span, role in material.sentences if role in OWN]
    doses: dict[str, Dose] = {}
    for printed in material.numbers.doses:
        if any(span.start <= printed.start < span.end for span in own):
            doses.setdefault(printed.text, printed.to_model())
    facts += [Fact(field="doses", origin=Origin.TEXT, start=d.start, end=d.end, text=d.text, rule="dose-printed") for d in doses.values()]
    return tuple(doses.values())


def _infusions(material: Material, facts: list[Fact]) -> int | None:
    hit = material.first(_NUMBER_GIVEN)
    if hit is None:
        return _one_infusion(material, facts)
    word = (hit.match["count"] or hit.match["times"]).lower().removesuffix(" times")
    count = _TIMES.get(word, parse_count(word))
    if count is not None:
        facts.append(hit.fact("infusions", "infusions-counted"))
    return count


def _one_infusion(material: Material, facts: list[Fact]) -> int | None:
    hit = None if material.first(_REPEATED) is not None else material.first(_ONE_GIVEN)
    if hit is None:
        return None
    facts.append(hit.fact("infusions", "one-infusion"))
    return 1


def _repetition(material: Material, infusions: int | None, facts: list[Fact]) -> bool | None:
    hit = material.first(_REPEATED) or next(material.in_title(_REPEATED), None)
    if hit is not None:
        facts.append(hit.fact("is_repeated", "repeated-infusions"))
        return True
    return None if infusions is None else infusions > 1


def _schedule(material: Material, facts: list[Fact]) -> str | None:
    hit = material.first(_SCHEDULE)
    if hit is None:
        return None
    facts.append(hit.fact("schedule", "schedule-printed"))
    return hit.match.group()


def _route(material: Material, facts: list[Fact]) -> str | None:
    for route, pattern in _ROUTES:
        hit = material.first(pattern)
        if hit is not None:
            facts.append(hit.fact("route", "route-named"))
            return route
    return None


def _day(material: Material, facts: list[Fact]) -> int | None:
    """The first day named in a sentence of the methods that says that something was given."""
    for hit in material.in_sentences(_DAY, roles=frozenset({SectionLabel.METHODS, SectionLabel.OBJECTIVE})):
        before = hit.match.string[max(0, hit.match.start() - 80) : hit.match.start()].rsplit(".", 1)[-1]
        if _GIVING.search(before) is not None:
            facts.append(hit.fact("infusion_day", "day-of-infusion"))
            day = int(hit.match["number"])
            return -day if (hit.match["sign"] or "+") in "−–-" else day
    return None


def _follow_up(material: Material, facts: list[Fact]) -> str | None:
    for point in material.numbers.timepoints:
        if point.is_follow_up:
            facts.append(
                Fact(field="follow_up", origin=Origin.TEXT, start=point.start, end=point.end, text=point.text, rule="follow-up-printed")
            )
            return point.iso
    hit: Hit | None = material.first(_FOLLOW_UP)
    if hit is None:
        return None
    facts.append(hit.fact("follow_up", "follow-up-printed"))
    number, unit = hit.match["number"] or hit.match["number2"], hit.match["unit"] or hit.match["unit2"]
    count = parse_count(number)
    return f"P{number if count is None else count}{unit[0].upper()}"
