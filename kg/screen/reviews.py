"""Decisions of persons, out of RIS, CSV or JSON lines, and laid over those of the rules. Pure.

RIS and CSV as Rayyan exports them, RIS as ASReview exports it, and all three as ``kg screen`` writes them. A person's decision holds;
where it says otherwise than the rules, what they had said is kept beside it. Persons who disagree leave the paper for a third.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.errors import CriteriaError, ReadError
from kg.read.identifiers import normalise_doi, normalise_pmcid, normalise_pmid
from kg.read.ris import parse_ris, split_ris
from kg.read.streams import Source, open_source
from kg.screen.duplicates import fold_title, names_of
from kg.screen.records import Decided, Reason, Review, Screening, verdict_words
from kg.screen.ris import REVIEWER
from kg.screen.tables import RULES

_WORDS = {
    **dict.fromkeys(("include", "included", "yes", "relevant", "1"), Decided.INCLUDE),
    **dict.fromkeys(("exclude", "excluded", "no", "irrelevant", "0"), Decided.EXCLUDE),
    **dict.fromkeys(("maybe", "unclear", "?"), Decided.MAYBE),
}
_UNDECIDED = frozenset({"", "undecided", "not_seen", "-1"})
#: What other tools call our reasons.
_OTHER_WORDS = {
    "foreign language": Reason.LANGUAGE,
    "wrong language": Reason.LANGUAGE,
    "not in english": Reason.LANGUAGE,
    "wrong design": Reason.DESIGN,
    "wrong drug": Reason.INTERVENTION,
    "wrong patient population": Reason.POPULATION,
    "background article": Reason.PUBLICATION_TYPE,
    "systematic review": Reason.REVIEW,
}
_RAYYAN = re.compile(r"RAYYAN-INCLUSION:\s*\{(?P<who>[^}]*)\}")
_RAYYAN_REASONS = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*(?P<reasons>[^|]*)")
_RAYYAN_ONE = re.compile(r'"(?P<name>[^"]*)"\s*=>\s*"(?P<word>[^"]*)"')
_ASREVIEW = re.compile(r"\bASReview_(?P<word>relevant|irrelevant)\b")
_NOTE = re.compile(r"^N1  - (?P<note>.*)$", re.MULTILINE)


def parse_reviews(data: bytes, *, location: str) -> list[Review]:
    """The decisions of a file; records without one are passed over.

    Raises:
        CriteriaError: a file of another kind, or a decision or reason that is none; place and remedy are named.
    """
    if data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"TY  -"):
        return list(_from_ris(data, location))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise CriteriaError("is not UTF-8", location=location, remedy="Give RIS, CSV or JSON lines") from exc
    rows = _json_rows(text, location) if text.lstrip().startswith("{") else _csv_rows(text, location)
    return [review for place, row in rows for review in _from_row(row, f"{location}, {place}")]


def apply_reviews(screenings: Sequence[Screening], reviews: Sequence[Review]) -> tuple[list[Screening], list[Review]]:
    """The screenings with what persons decided, and the decisions on papers that are not among them."""
    by_name: defaultdict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        for name in review.names:
            by_name[name].append(review)
    used: set[str] = set()
    found = []
    for each in screenings:
        names = _names_of(each)
        own = list({id(review): review for name in names for review in by_name.get(name, ())}.values())
        used |= {review.place for review in own}
        found.append(_decided(each, own) if own and each.reason is not Reason.DUPLICATE else each)
    return found, [review for review in reviews if review.place not in used]


def _decided(screening: Screening, reviews: Sequence[Review]) -> Screening:
    latest = list({review.reviewer: review for review in reviews}.values())
    persons = ", ".join(sorted(review.reviewer or "a reviewer" for review in latest))
    said = {review.decided for review in latest}
    notes = "; ".join(dict.fromkeys(review.note for review in latest if review.note))
    if len(said) > 1:
        words = "; ".join(sorted(f"{review.reviewer or 'a reviewer'}: {review.decided}" for review in latest))
        changes = {"decided": Decided.MAYBE, "reason": None, "disagreement": words}
    else:
        decided = latest[0].decided
        changes = {"decided": decided, "reason": _joint_reason(latest, screening) if decided is Decided.EXCLUDE else None}
    return screening.model_copy(update={**changes, "by": persons, "note": notes})


def _joint_reason(reviews: Sequence[Review], screening: Screening) -> Reason:
    """The first that a person gives, else that of the rules, else another one."""
    return next((review.reason for review in reviews if review.reason is not None), screening.rules_reason or Reason.OTHER)


def _names_of(screening: Screening) -> tuple[str, ...]:
    paper = screening.candidate.paper
    title = fold_title(paper.title)
    return (paper.id, *names_of(paper), *((f"title-{title}",) if title else ()))


# ------------------------------------------------------------ RIS


def _from_ris(data: bytes, location: str) -> Iterator[Review]:
    for frame in split_ris(_source(data)):
        place = f"{location}, {frame.record}"
        try:
            paper = parse_ris(frame)
        except ReadError as exc:
            raise CriteriaError(exc.message, location=place, remedy=exc.remedy) from exc
        title = fold_title(paper.title)
        names = (paper.id, *names_of(paper), *((f"title-{title}",) if title else ()))
        yield from _from_notes(_NOTE.findall(frame.data.decode("utf-8")), names, place)


def _source(data: bytes) -> Source:
    return open_source(io.BytesIO(data))


def _from_notes(notes: Sequence[str], names: tuple[str, ...], place: str) -> Iterator[Review]:
    """Rayyan's decisions, one a person; else ASReview's, unless it stands beside one of ours, which says the same."""
    text = "\n".join(notes)
    rayyan = [pair for found in _RAYYAN.finditer(text) for pair in _RAYYAN_ONE.findall(found["who"])]
    for name, word in rayyan:
        decided = _decision(word, place)
        if name != REVIEWER and decided is not None:
            yield Review(names=names, decided=decided, reason=_first_reason(text), reviewer=name, place=f"{place}, {name}")
    label = _ASREVIEW.search(text)
    if label is not None and not rayyan:
        yield Review(names=names, decided=_WORDS[label["word"]], place=place)


def _first_reason(text: str) -> Reason | None:
    found = _RAYYAN_REASONS.search(text)
    words = [] if found is None else [each.strip() for each in found["reasons"].split(",") if each.strip()]
    return _reason(words[0]) if words else None


# ------------------------------------------------------------ rows


def _json_rows(text: str, location: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found = json.loads(line)
            except json.JSONDecodeError as exc:
                raise CriteriaError(f"is no JSON: {exc}", location=location, record=f"line {number}") from exc
            if not isinstance(found, dict):
                raise CriteriaError("is no JSON object", location=location, record=f"line {number}")
            yield f"line {number}", {str(key): str(value) for key, value in found.items() if isinstance(value, str | int)}


def _csv_rows(text: str, location: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    reader = csv.DictReader(io.StringIO(text))
    head = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
    if not {"decision", "notes"}.intersection(head):
        remedy = "Give RIS, JSON lines, or CSV with a column decision, or notes as Rayyan writes them"
        raise CriteriaError("has no decisions", location=location, remedy=remedy)
    for row in reader:
        yield (
            f"line {reader.line_num}",
            {(key or "").strip().casefold(): value or "" for key, value in row.items() if isinstance(value, str)},
        )


def _from_row(row: Mapping[str, str], place: str) -> Iterator[Review]:
    names = _row_names(row)
    if "decision" not in row:
        yield from _from_notes([row.get("notes", "")], names, place)
        return
    decided, words = _decision(row["decision"], place), row.get("reason", "").strip()
    reason = _reason(words) if words else None
    by = row.get("reviewer", "").strip()
    is_untouched = by == RULES and decided is not None and row.get("rules") == verdict_words(decided, reason)
    if decided is not None and not is_untouched:
        reviewer = "" if by == RULES else by
        yield Review(names=names, decided=decided, reason=reason, reviewer=reviewer, note=row.get("note", ""), place=place)


def _row_names(row: Mapping[str, str]) -> tuple[str, ...]:
    pmid, pmcid, doi = normalise_pmid(row.get("pmid")), normalise_pmcid(row.get("pmcid")), normalise_doi(row.get("doi"))
    title = fold_title(row.get("title"))
    named = (("pmid-", pmid), ("pmcid-", pmcid), ("doi-", doi), ("title-", title or None))
    own = (row["paper"].strip(),) if row.get("paper", "").strip() else ()
    return (*own, *(prefix + name for prefix, name in named if name is not None))


def _decision(word: str, place: str) -> Decided | None:
    plain = word.strip().casefold()
    if plain in _UNDECIDED:
        return None
    if plain not in _WORDS:
        raise CriteriaError(f"{word!r} is no decision", location=place, remedy=f"Write one of {', '.join(Decided)}")
    return _WORDS[plain]


def _reason(words: str) -> Reason:
    """One of ours; what has another name and no like among them is "other"."""
    plain = words.strip().casefold()
    return next((each for each in Reason if each.value == plain), _OTHER_WORDS.get(plain, Reason.OTHER))
