"""Two records of one publication: preprint and version of record, meeting abstract and article, first and republished version. Pure."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from kg.link.names import author_keys, fold_title, is_notice_title, is_same_author, title_numbers
from kg.model import Link, LinkKind, LinkReason, Notice, RelatedNotice, StudyContext
from kg.store.statements import registration_key

#: Notices that name another version of the paper itself.
_OTHER_VERSION = {
    Notice.PREPRINT_IN: "preprint",
    Notice.PREPRINT_OF: "preprint",
    Notice.UPDATE_IN: "update",
    Notice.UPDATE_OF: "update",
    Notice.CORRECTED_AND_REPUBLISHED_IN: "republished",
    Notice.CORRECTED_AND_REPUBLISHED_FROM: "republished",
    Notice.RETRACTED_AND_REPUBLISHED_IN: "republished",
    Notice.RETRACTED_AND_REPUBLISHED_FROM: "republished",
}
_PREPRINT_JOURNALS = frozenset({"biorxiv", "medrxiv", "research square", "ssrn", "preprints", "authorea", "chemrxiv", "f1000research"})
#: Fewer words than these name nothing ("Reply to the letter").
_FEWEST_WORDS = 5
#: Of 100 in rapidfuzz's ratio: one version's title may be edited, another record's spelling may differ.
_SAME_TITLE, _EDITED_TITLE = 96.0, 80.0
_YEARS_BETWEEN_VERSIONS = 3


def find_same_paper(first: StudyContext, second: StudyContext) -> tuple[LinkReason, ...]:
    """Why these are one publication, strongest sign first; empty where they are not."""
    signs = (*_shared_names(first, second), *_version_notices(first, second))
    return signs or _same_title(first, second)


def is_preprint(context: StudyContext) -> bool:
    """True for a record on a preprint server."""
    return "Preprint" in context.publication_types or fold_title(context.journal) in _PREPRINT_JOURNALS


def is_meeting_abstract(context: StudyContext) -> bool:
    """True for a record of a talk or poster."""
    return not {"Meeting Abstract", "Congress"}.isdisjoint(context.publication_types)


def link_papers(kind: LinkKind, first: StudyContext, second: StudyContext, because: tuple[LinkReason, ...]) -> Link:
    """The link that the younger of two papers asserts."""
    younger, older = (first, second) if age_key(first) > age_key(second) else (second, first)
    return paper_link(kind, younger, older, because)


def paper_link(kind: LinkKind, subject: StudyContext, target: StudyContext, because: tuple[LinkReason, ...]) -> Link:
    """The link from one paper to another; its score is that of the strongest reason."""
    return Link(
        kind=kind,
        subject=subject.paper,
        object=target.paper,
        subject_paper=subject.paper,
        object_paper=target.paper,
        score=max(each.weight for each in because),
        because=because,
    )


def age_key(context: StudyContext) -> tuple[int, str, int, str]:
    """What papers are ordered by, oldest first: date, then id; one without a date is older than any with one."""
    return context.year or 0, context.date or "", len(context.paper), context.paper


def names_of(context: StudyContext) -> frozenset[str]:
    """What a record goes by: "pmid-1", "pmcid-PMC2", "doi-10.1/x"."""
    named = (("pmid-", context.pmid), ("pmcid-", context.pmcid), ("doi-", context.doi))
    return frozenset(prefix + name for prefix, name in named if name is not None)


def names_in(notice: RelatedNotice) -> frozenset[str]:
    """What the record that a notice points to goes by."""
    return frozenset(prefix + name for prefix, name in (("pmid-", notice.pmid), ("doi-", notice.doi)) if name is not None)


def _shared_names(first: StudyContext, second: StudyContext) -> Iterator[LinkReason]:
    for name in sorted(names_of(first) & names_of(second)):
        kind, _, value = name.partition("-")
        yield LinkReason(sign="identifier", text=f"both have {kind.upper()} {value}", weight=1.0)


def _version_notices(first: StudyContext, second: StudyContext) -> Iterator[LinkReason]:
    for one, other in ((first, second), (second, first)):
        for notice in one.notices:
            if notice.kind in _OTHER_VERSION and not names_in(notice).isdisjoint(names_of(other)):
                text = f"the record of {one.paper} names {other.paper} as its {notice.kind.value.replace('_', ' ')}"
                yield LinkReason(sign=_OTHER_VERSION[notice.kind], text=text, weight=1.0)


def _same_title(first: StudyContext, second: StudyContext) -> tuple[LinkReason, ...]:
    """The same or nearly the same title, with author and year that fit, and nothing that speaks against it."""
    titles = fold_title(first.title), fold_title(second.title)
    if min(len(each.split()) for each in titles) < _FEWEST_WORDS or _speaks_against(first, second):
        return ()
    authors = _author_reasons(first, second)
    years = None if first.year is None or second.year is None else abs(first.year - second.year)
    if authors is None or years is None:
        return ()
    if fuzz.ratio(*titles) >= _SAME_TITLE and years <= 1:
        return (LinkReason(sign="title", text="the same title", weight=0.95), *authors)
    versions = {_version(first), _version(second)}
    if len(versions) == 2 and years <= _YEARS_BETWEEN_VERSIONS and authors and fuzz.token_sort_ratio(*titles) >= _EDITED_TITLE:
        what = " and ".join(sorted(versions))
        return (LinkReason(sign="version", text=f"{what} with nearly the same title", weight=0.85), *authors)
    return ()


def _speaks_against(first: StudyContext, second: StudyContext) -> bool:
    """A notice and what it is about, two of a series, other registrations, or other participants."""
    registered = [{registration_key(number) for number in each.registrations} for each in (first, second)]
    return (
        is_notice_title(first.title) != is_notice_title(second.title)
        or title_numbers(first.title) != title_numbers(second.title)
        or (all(registered) and registered[0].isdisjoint(registered[1]))
        or (first.n is not None and second.n is not None and first.n != second.n)
    )


def _author_reasons(first: StudyContext, second: StudyContext) -> tuple[LinkReason, ...] | None:
    """That the first author is the same; nothing where one record names none, None where they differ."""
    leads = [author_keys(each)[:1] for each in (first, second)]
    if not all(leads):
        return ()
    if not is_same_author(leads[0][0], leads[1][0]):
        return None
    return (LinkReason(sign="authors", text="the same first author", weight=0.5),)


def _version(context: StudyContext) -> str:
    if is_preprint(context):
        return "preprint"
    return "meeting abstract" if is_meeting_abstract(context) else "article"
