"""What a paper is looked up by, so that adding one compares it with its neighbours only. Pure.

A key is a short text: ``is:pmid-1`` own identifier, ``to:pmid-1`` identifier of a record that it names, ``reg:nct00366145``,
``by:gao l:2016`` first or last author with year, ``title:…`` folded title, ``in:ruxolitinib`` concept, ``word:secretome`` word of
the title.
"""

from kg.link.identity import names_in, names_of
from kg.link.names import author_keys, fold_title
from kg.model import StudyContext
from kg.store.statements import registration_key

#: Years between two reports of one study or one publication.
_YEARS = 8
_SHORTEST_WORD = 5
_COMMON_WORDS = frozenset(
    {"after", "against", "among", "analysis", "associated", "based", "before", "between", "cause", "cells", "compared", "comparison"}
    | {"controlled", "during", "effect", "effects", "following", "human", "impact", "induced", "novel", "outcome", "outcomes", "patient"}
    | {"patients", "phase", "potential", "randomized", "randomised", "related", "report", "response", "results", "retrospective", "review"}
    | {"role", "single", "study", "studies", "their", "therapy", "through", "treated", "treatment", "trial", "trials", "under", "using"}
    | {"versus", "which"}
)


def stored_keys(context: StudyContext) -> tuple[str, ...]:
    """Everything that a paper can be found by, sorted."""
    return tuple(sorted({*_identity(context), *topic_keys(context)}))


def identity_keys(context: StudyContext) -> tuple[str, ...]:
    """The keys under which papers may stand that are this one, of its cohort, or tied to it by a reference; sorted."""
    names, pointed = names_of(context), _pointed_to(context)
    years = () if context.year is None else range(context.year - _YEARS, context.year + _YEARS + 1)
    return tuple(
        sorted(
            {
                *(f"is:{name}" for name in names | pointed),
                *(f"to:{name}" for name in names),
                *_registrations(context),
                *(f"by:{author}:{year}" for author in _leads(context) for year in years),
                *_title(context),
            }
        )
    )


def topic_keys(context: StudyContext) -> tuple[str, ...]:
    """What the paper is about: concepts, words of its title, records it refers to; sorted."""
    words = {word for word in fold_title(context.title).split() if len(word) >= _SHORTEST_WORD and word not in _COMMON_WORDS}
    return tuple(
        sorted(
            {
                *(f"in:{slug}" for slug in context.mentions if not slug.startswith("unmapped/")),
                *(f"word:{word}" for word in words if not word.isdigit()),
                *(f"to:{name}" for name in _pointed_to(context)),
            }
        )
    )


def _identity(context: StudyContext) -> set[str]:
    own = {f"is:{name}" for name in names_of(context)}
    dated = set() if context.year is None else {f"by:{author}:{context.year}" for author in _leads(context)}
    return {*own, *dated, *_registrations(context), *_title(context)}


def _pointed_to(context: StudyContext) -> frozenset[str]:
    return frozenset(name for notice in context.notices for name in names_in(notice))


def _registrations(context: StudyContext) -> list[str]:
    return [f"reg:{key}" for key in map(registration_key, context.registrations) if key]


def _leads(context: StudyContext) -> set[str]:
    """First and last author, between whom one team's reports take turns."""
    authors = author_keys(context)
    return {authors[0], authors[-1]} if authors else set()


def _title(context: StudyContext) -> list[str]:
    folded = fold_title(context.title)
    return [f"title:{folded}"] if folded else []
