"""Two publications on the same participants: one registration, or team, size and wording that fit; an interim and a final report. Pure."""

from collections.abc import Iterator

from kg.link.names import author_keys, fold_title, is_same_author
from kg.model import Design, LinkReason, StudyContext
from kg.store.statements import registration_key

#: Designs whose participants are those of other papers.
POOLED = frozenset({Design.META_ANALYSIS, Design.REVIEW})
#: Designs without patients, where equal team and animals say nothing.
_WITHOUT_PATIENTS = frozenset({Design.IN_VITRO, Design.IN_VIVO_PRECLINICAL})

_REGISTRATION = 0.95
#: Below this sum the signs are a guess.
_ENOUGH = 0.75
_YEARS_OF_ONE_STUDY = 8
#: Fewer participants are too often equal by chance.
_TELLING_N = 12
_STAGES = frozenset(
    {"interim", "preliminary", "initial", "final", "long", "longterm", "followup", "follow", "update", "updated", "extended", "extension"}
    | {"outcome", "outcomes", "year", "years", "month", "months"}
)
_PLAIN_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "without", "after", "before", "using"}
    | {"study", "patients", "trial", "results"}
)


def find_same_cohort(first: StudyContext, second: StudyContext) -> tuple[LinkReason, ...]:
    """Why these have the same participants, strongest sign first; empty where they have not, or nobody can tell."""
    if _speaks_against(first, second):
        return ()
    shared = sorted(_registered(first) & _registered(second))
    registered = tuple(
        LinkReason(sign="registration", text=f"both are registered as {_printed(first, key)}", weight=_REGISTRATION) for key in shared
    )
    fitting = tuple(_fitting(first, second))
    if registered:
        return (*registered, *fitting)
    return fitting if sum(each.weight for each in fitting) >= _ENOUGH else ()


def is_pooled(context: StudyContext) -> bool:
    """True for reviews and meta-analyses."""
    return context.design in POOLED


def differ(one: object, other: object) -> bool:
    """True where both are known and not the same."""
    return one is not None and other is not None and one != other


def _speaks_against(first: StudyContext, second: StudyContext) -> bool:
    """Pooled work, other species, another purpose, other cells, or only registrations that differ."""
    pair = (first, second)
    numbers = [_registered(each) for each in pair]
    return (
        any(is_pooled(each) for each in pair)
        or differ(first.species, second.species)
        or differ(first.age_group, second.age_group)
        or (not numbers[0] & numbers[1] and _speaks_against_unregistered(first, second))
    )


def _speaks_against_unregistered(first: StudyContext, second: StudyContext) -> bool:
    pair = (first, second)
    sources = [set(each.cell_sources) for each in pair]
    return (
        all(_registered(each) for each in pair)
        or any(each.design in _WITHOUT_PATIENTS for each in pair)
        or differ(first.intent, second.intent)
        or (all(sources) and sources[0].isdisjoint(sources[1]))
        or (first.year is not None and second.year is not None and abs(first.year - second.year) > _YEARS_OF_ONE_STUDY)
    )


def _fitting(first: StudyContext, second: StudyContext) -> Iterator[LinkReason]:
    """Team, size, wording; without the team the others prove nothing."""
    team = _team(first, second)
    if team is None:
        return
    yield team
    older, younger = sorted((first, second), key=lambda each: each.year or 0)
    staged = _stage_words(first) ^ _stage_words(second)
    if first.n is not None and first.n == second.n and first.n >= _TELLING_N:
        yield LinkReason(sign="participants", text=f"both have {first.n} participants", weight=0.3)
    elif staged and older.n is not None and younger.n is not None and older.n < younger.n:
        yield LinkReason(sign="interim", text=f"{older.n} participants, later {younger.n}", weight=0.15)
    alike = _alike(first, second)
    if alike >= 0.5:
        yield LinkReason(sign="title", text=f"{alike:.0%} of the title words are shared", weight=0.3 if alike >= 0.7 else 0.2)
    if first.cells and first.cells == second.cells and first.conditions and first.conditions == second.conditions:
        yield LinkReason(sign="setting", text="the same cells for the same condition", weight=0.1)


def _team(first: StudyContext, second: StudyContext) -> LinkReason | None:
    """Half of the shorter list of authors, the first or last of either among them."""
    lists = [author_keys(each) for each in (first, second)]
    if not all(lists):
        return None
    shared = [one for one in dict.fromkeys(lists[0]) if any(is_same_author(one, other) for other in lists[1])]
    leads = {lists[0][0], lists[0][-1]}
    shortest = min(map(len, lists))
    if len(shared) * 2 < shortest or not any(each in leads for each in shared):
        return None
    if shortest == 1:
        return LinkReason(sign="authors", text="the same first author", weight=0.2)
    return LinkReason(sign="authors", text=f"{len(shared)} authors in common", weight=0.4 if len(shared) >= 3 else 0.3)


def _alike(first: StudyContext, second: StudyContext) -> float:
    """Share of the words of the shorter title that the other has too, words of a stage left out."""
    words = [_title_words(each) - _STAGES for each in (first, second)]
    shortest = min(map(len, words))
    return len(words[0] & words[1]) / shortest if shortest >= 4 else 0.0


def _title_words(context: StudyContext) -> set[str]:
    return {word for word in fold_title(context.title).split() if word not in _PLAIN_WORDS and not word.isdigit()}


def _stage_words(context: StudyContext) -> set[str]:
    return _title_words(context) & _STAGES


def _registered(context: StudyContext) -> frozenset[str]:
    return frozenset(key for key in map(registration_key, context.registrations) if key)


def _printed(context: StudyContext, key: str) -> str:
    return next(number for number in context.registrations if registration_key(number) == key)
