"""How many lines of treatment the participants had had before.

In: material. Out: the least number that the text requires or tells: 2 for "two or more prior lines" and for "2 to 5 prior lines", 0 for
the untreated. A median alone says nothing of the least.
"""

from kg.extract.facts.material import Hit, Material
from kg.extract.facts.people_counts import NUMBER, parse_people
from kg.extract.facts.wording import wording
from kg.model import Fact

_BEFORE = r"(?:prior|previous|earlier|preceding)"
_OF = r"(?:of (?:(?:systemic|prior|previous|immunosuppressive|steroid-containing) )*(?:therap(?:y|ies)|treatments?|immunosuppression))"
_COUNTED = wording(
    "line|therapies|treatments|regimens",
    rf"(?:≥ ?|>= ?|\b)(?P<number>\d{{1,2}}|{NUMBER})(?: ?(?:to|[-–]) ?(?:\d{{1,2}}|{NUMBER}))?(?: or more"
    rf"| or greater)? (?:{_BEFORE} (?:systemic )?(?:lines?"
    rf"|therapies|treatments|regimens)(?: {_OF})?|(?:systemic |prior )?lines? {_OF})\b",
)
_FAILED = wording(
    "line",
    rf"\b(?:failed|exhausted|refractory to|resistant to|progressed (?:on|after)|had (?:had|received)|(?:been|run|gone) through"
    rf"|after|despite)"
    rf" (?:at least |a minimum of |not less than )?(?P<number>{NUMBER})(?: or more)? (?:{_BEFORE} )?(?:systemic )?lines?\b",
)
_RANGE = wording(
    "line",
    rf"\blines?\b[^.;()]{{0,40}}\(range,?:? ?(?P<number>\d{{1,2}}) ?(?:to|[-–]) ?\d{{1,2}}\)|\(range,?:? ?(?P<number_first>\d{{1,2}})"
    rf" ?(?:to|[-–]) ?\d{{1,2}}\) (?:{_BEFORE} )?(?:systemic )?lines?\b",
)
_UNTREATED = wording(
    "no |untreated|naive|naïve",
    rf"\bno (?:{_BEFORE} )?(?:systemic )?(?:therapy|treatment|lines?)\b[^.;]{{0,40}}(?:had|has) been given"
    rf"|\bno {_BEFORE} (?:systemic )?(?:therapy|treatment"
    rf"|lines?)\b|\b(?:previously untreated|treatment-na[iï]ve)\b(?! or\b)(?!,? or)",
)


def find_prior_lines(material: Material) -> tuple[int | None, tuple[Fact, ...]]:
    """The least number of earlier lines, with where it stands; requirements come before what is told of those who took part."""
    for pattern in (_COUNTED, _FAILED, _RANGE):
        for hit in (*material.in_sentences(pattern), *material.in_title(pattern)):
            lines = _number(hit)
            if lines is not None and not _is_median(hit):
                return lines, (hit.fact("prior_lines", "lines-counted"),)
    untreated = material.first(_UNTREATED)
    return (None, ()) if untreated is None else (0, (untreated.fact("prior_lines", "untreated"),))


def _number(hit: Hit) -> int | None:
    printed = (text for name, text in hit.match.groupdict().items() if name.startswith("number") and text is not None)
    return next((parse_people(text) for text in printed), None)


def _is_median(hit: Hit) -> bool:
    """True for "a median of 3 prior lines"."""
    before = hit.match.string[max(0, hit.match.start() - 25) : hit.match.start()].lower()
    return before.endswith(("median of ", "mean of ", "median ", "mean "))
