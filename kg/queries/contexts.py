"""The graph -> ``StudyContext``: what linking and comparing need of a paper and its study beyond its claims.

Statements are asked for one by one and joined here: a query with many optional parts takes a hash join over the whole store for
each of them, and this one costs what the papers asked for hold.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from pyoxigraph import Literal

from kg.model import CAUTION_OF_NOTICE, ArmCounts, Author, Caution, Design, Intent, Notice, RelatedNotice, StudyContext, TextKind, gravest
from kg.namespaces import GG, PREFIXES, graph_iri, notation_iri, paper_iri
from kg.queries.cautions import read_cautions
from kg.queries.nodes import label_of, member_of, required_member, slug_of, text_of, whole_of
from kg.queries.run import Cell, Queryable, ask
from kg.rdf.flags import AgeGroup, InfusionRepetition, SteroidResponse
from kg.vocabulary import Vocabulary

_IDENTIFIER = PREFIXES["dcterms"] + "identifier"
_TITLE = PREFIXES["dcterms"] + "title"
_ISSUED = PREFIXES["dcterms"] + "issued"
_PMID = PREFIXES["fabio"] + "hasPubMedId"
_PMCID = PREFIXES["fabio"] + "hasPubMedCentralId"
_DOI = PREFIXES["prism"] + "doi"
_WANTED = (
    *(_IDENTIFIER, _TITLE, _ISSUED),
    *(
        GG[name]
        for name in (
            *("hasText", "textKind", "hasStudy", "firstAuthor", "year", "journal", "publicationType", "retraction"),
            *("hasRegistration", "registrationNumber"),
            *("design", "intent", "species", "participantCount", "enrolledCount", "studyCount"),
            *("interventionCount", "comparatorCount"),
            *("hasCell", "cellRole", "cell", "cellSource", "cellDonor", "hasDose", "cellsPerKg"),
            *("infusionCount", "infusionRepetition", "infusionDay"),
            *("transplant", "condition", "ageGroup", "steroidResponse", "followUp", "unmappedLabel"),
        )
    ),
)
_OF_AUTHORS = tuple(GG[name] for name in ("hasAuthor", "position", "familyName", "givenName", "orcid"))
_STATED = """SELECT DISTINCT ?s ?p ?o WHERE {
  VALUES ?graph { GRAPHS }
  VALUES ?p { WANTED }
  GRAPH ?graph { ?s ?p ?o }
}"""
#: Of the paper alone: its notices have such names too, and a paper may have a hundred of them.
_NAMED = f"""SELECT DISTINCT ?s ?p ?o WHERE {{
  VALUES ?s {{ PAPERS }}
  GRAPH ?graph {{ ?s ?p ?o FILTER(?p IN (<{_PMID}>, <{_PMCID}>, <{_DOI}>)) }}
}}"""
_MENTIONS = f"""SELECT DISTINCT ?s ?o WHERE {{
  VALUES ?graph {{ GRAPHS }}
  GRAPH ?graph {{ ?s <{GG["hasMention"]}> ?mention . ?mention <{GG["mentionOf"]}> ?o }}
}}"""
#: Notices with what is said of them: all, all but references, or references to some records.
_NOTICES = f"""SELECT DISTINCT ?paper ?s ?p ?o WHERE {{
  VALUES ?graph {{ GRAPHS }}
  GRAPH ?graph {{ AMONG ?paper <{GG["hasNotice"]}> ?s . ?s <{GG["noticeKind"]}> ?kind ; ?p ?o }} FILTERED
}}"""
_IS_REFERENCE, _IS_NONE = (f"FILTER(?kind {sign} <{notation_iri(Notice.CITES, 'notice')}>)" for sign in ("=", "!="))
_ALL = f"SELECT DISTINCT ?id WHERE {{ GRAPH ?graph {{ ?paper a <{GG['Paper']}> ; <{_IDENTIFIER}> ?id }} }}"
#: Papers asked for at a time, so that an answer stays below the rows that a server gives.
_AT_ONCE = 30
_ORCID = "https://orcid.org/"
_GIVEN = notation_iri("intervention", "cell_role")

#: What is stated, by subject and predicate, each list sorted.
_Facts = Mapping[str, Mapping[str, Sequence[Cell]]]


def read_contexts(
    store: Queryable,
    *,
    vocabulary: Vocabulary,
    papers: Collection[str] | None = None,
    cited: Collection[StudyContext] | None = None,
    with_authors: bool = True,
) -> tuple[StudyContext, ...]:
    """Contexts of the papers with these ids (of all), sorted by paper id; one that the store does not have is left out.

    Of the references of a paper only those to the papers in ``cited`` are read, where these are given: they are most of what there is,
    and the authors, who may be left out too, are half of the rest.

    Raises:
        StoreError: the store did not answer.
    """
    ids = _all_ids(store) if papers is None else sorted(set(papers))
    found: list[StudyContext] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        facts, mentions = (
            _read_facts(store, some, cited, (*_WANTED, *_OF_AUTHORS) if with_authors else _WANTED),
            _read_mentions(store, some),
        )
        cautions = read_cautions(store, papers=some)
        subjects = sorted(subject for subject, stated in facts.items() if GG["hasStudy"] in stated)
        found += [_context(subject, facts, mentions.get(subject, ()), cautions.get(subject), vocabulary) for subject in subjects]
    return tuple(sorted(found, key=lambda each: each.paper))


def _all_ids(store: Queryable) -> list[str]:
    return sorted(str(row["id"]) for row in ask(store, _ALL, location="contexts").records())


def _read_facts(store: Queryable, papers: Sequence[str], cited: Collection[StudyContext] | None, wanted: Sequence[str]) -> _Facts:
    stated: defaultdict[str, defaultdict[str, set[Cell]]] = defaultdict(lambda: defaultdict(set))
    for sparql in (_STATED.replace("WANTED", " ".join(f"<{each}>" for each in wanted), 1), _NAMED):
        for row in _rows(store, sparql, papers):
            stated[str(row["s"])][str(row["p"])].add(row["o"])
    for sparql in _notice_queries(cited):
        for row in _rows(store, sparql, papers):
            stated[str(row["paper"])][GG["hasNotice"]].add(row["s"])
            stated[str(row["s"])][str(row["p"])].add(row["o"])
    return {s: {p: sorted(cells, key=str) for p, cells in by_predicate.items()} for s, by_predicate in stated.items()}


def _notice_queries(cited: Collection[StudyContext] | None) -> Iterator[str]:
    yield _NOTICES.replace("AMONG", "", 1).replace("FILTERED", "" if cited is None else _IS_NONE, 1)
    for property_, names in ((_PMID, {each.pmid for each in cited or ()}), (_DOI, {each.doi for each in cited or ()})):
        values = " ".join(str(Literal(each)) for each in sorted(name for name in names if name is not None))
        if values:
            among = f"VALUES ?name {{ {values} }} ?s <{property_}> ?name ."
            yield _NOTICES.replace("AMONG", among, 1).replace("FILTERED", _IS_REFERENCE, 1)


def _read_mentions(store: Queryable, papers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Slugs by paper, sorted."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(store, _MENTIONS, papers):
        found[str(row["s"])].add(slug_of(row["o"]))
    return {paper: tuple(sorted(slugs)) for paper, slugs in found.items()}


def _rows(store: Queryable, sparql: str, papers: Sequence[str]) -> Iterator[dict[str, Cell]]:
    graphs = " ".join(f"<{graph_iri('paper', each)}>" for each in papers)
    nodes = " ".join(f"<{paper_iri(each)}>" for each in papers)
    return ask(store, sparql.replace("GRAPHS", graphs, 1).replace("PAPERS", nodes, 1), location="contexts").records()


def _context(subject: str, facts: _Facts, mentions: tuple[str, ...], told: Caution | None, vocabulary: Vocabulary) -> StudyContext:
    paper = facts[subject]
    (study_node,) = paper[GG["hasStudy"]]
    study = facts.get(str(study_node), {})
    text = facts.get(str(_one(paper, GG["hasText"])), {})
    kind = _one(text, GG["textKind"])
    notices = _notices(paper, facts)
    caution = _caution(paper, notices, told)
    return StudyContext(
        paper=str(_one(paper, _IDENTIFIER)),
        pmid=text_of(_one(paper, _PMID)),
        pmcid=text_of(_one(paper, _PMCID)),
        doi=text_of(_one(paper, _DOI)),
        title=text_of(_one(paper, _TITLE)),
        year=whole_of(_one(paper, GG["year"])),
        date=text_of(_one(paper, _ISSUED)),
        journal=text_of(_one(paper, GG["journal"])),
        first_author=text_of(_one(paper, GG["firstAuthor"])),
        authors=_authors(paper, facts),
        registrations=_registrations(paper, study, facts),
        publication_types=tuple(map(str, paper.get(GG["publicationType"], ()))),
        notices=notices,
        text_kind=TextKind.ABSTRACT if kind is None else required_member(TextKind, kind, "text_kind"),
        is_retracted=caution is Caution.RETRACTED,
        caution=caution,
        mentions=mentions,
        **_design(study, facts, vocabulary),
        **_cells(study, facts, vocabulary),
        **_giving(study, facts),
        **_participants(study),
    )


def _design(study: Mapping[str, Sequence[Cell]], facts: _Facts, vocabulary: Vocabulary) -> dict[str, object]:
    species = _one(study, GG["species"])
    return {
        "design": member_of(Design, _one(study, GG["design"]), "design"),
        "intent": member_of(Intent, _one(study, GG["intent"]), "intent"),
        "species": None if species is None else _label(species, facts, vocabulary).lower(),
        "n": whole_of(_one(study, GG["participantCount"])),
        "n_enrolled": whole_of(_one(study, GG["enrolledCount"])),
        "n_arms": _arms(study),
        "n_studies": whole_of(_one(study, GG["studyCount"])),
        "follow_up": text_of(_one(study, GG["followUp"])),
    }


def _arms(study: Mapping[str, Sequence[Cell]]) -> ArmCounts | None:
    intervention, comparator = (whole_of(_one(study, GG[name])) for name in ("interventionCount", "comparatorCount"))
    return None if intervention is None and comparator is None else ArmCounts(intervention=intervention, comparator=comparator)


def _cells(study: Mapping[str, Sequence[Cell]], facts: _Facts, vocabulary: Vocabulary) -> dict[str, object]:
    """The cells given, each with the tissue that is stated, or that its concept comes from."""
    given = [cell for cell in _nodes(study, GG["hasCell"], facts) if _one(cell, GG["cellRole"]) == _GIVEN]
    slugs = {slug_of(each) for cell in given for each in cell.get(GG["cell"], ())}
    sources = {_label(each, facts, vocabulary) for cell in given for each in cell.get(GG["cellSource"], ())}
    implied = {tissue for slug in slugs if slug in vocabulary and (tissue := vocabulary[slug].tissue_source) is not None}
    return {
        "cells": tuple(sorted(slugs)),
        "cell_sources": tuple(sorted(sources | {vocabulary[each].label for each in implied})),
        "donors": tuple(sorted({str(each) for cell in given for each in cell.get(GG["cellDonor"], ())})),
    }


def _giving(study: Mapping[str, Sequence[Cell]], facts: _Facts) -> dict[str, object]:
    doses = [cell for dose in _nodes(study, GG["hasDose"], facts) for cell in dose.get(GG["cellsPerKg"], ())]
    repetition = member_of(InfusionRepetition, _one(study, GG["infusionRepetition"]), "infusion_repetition")
    return {
        "cells_per_kg": None if not doses else doses[0],
        "infusions": whole_of(_one(study, GG["infusionCount"])),
        "is_repeated": None if repetition is None else repetition is InfusionRepetition.REPEATED,
        "infusion_day": whole_of(_one(study, GG["infusionDay"])),
    }


def _participants(study: Mapping[str, Sequence[Cell]]) -> dict[str, object]:
    steroids = member_of(SteroidResponse, _one(study, GG["steroidResponse"]), "steroid_response")
    return {
        "transplants": tuple(map(slug_of, study.get(GG["transplant"], ()))),
        "conditions": tuple(map(slug_of, study.get(GG["condition"], ()))),
        "age_group": member_of(AgeGroup, _one(study, GG["ageGroup"]), "age_group"),
        "is_steroid_refractory": None if steroids is None else steroids is SteroidResponse.REFRACTORY,
    }


def _authors(paper: Mapping[str, Sequence[Cell]], facts: _Facts) -> tuple[Author, ...]:
    nodes = sorted(_nodes(paper, GG["hasAuthor"], facts), key=lambda each: whole_of(_one(each, GG["position"])) or 0)
    return tuple(
        Author(
            family=str(_one(each, GG["familyName"])),
            given=text_of(_one(each, GG["givenName"])),
            orcid=None if GG["orcid"] not in each else str(_one(each, GG["orcid"])).removeprefix(_ORCID),
        )
        for each in nodes
    )


def _registrations(paper: Mapping[str, Sequence[Cell]], study: Mapping[str, Sequence[Cell]], facts: _Facts) -> tuple[str, ...]:
    nodes = [*_nodes(paper, GG["hasRegistration"], facts), *_nodes(study, GG["hasRegistration"], facts)]
    return tuple(sorted({str(number) for each in nodes for number in each.get(GG["registrationNumber"], ())}))


def _notices(paper: Mapping[str, Sequence[Cell]], facts: _Facts) -> tuple[RelatedNotice, ...]:
    return tuple(
        RelatedNotice(
            kind=required_member(Notice, _one(each, GG["noticeKind"]), "notice"),
            pmid=text_of(_one(each, _PMID)),
            doi=text_of(_one(each, _DOI)),
            citation=text_of(_one(each, GG["citation"])),
        )
        for each in _nodes(paper, GG["hasNotice"], facts)
    )


def _caution(paper: Mapping[str, Sequence[Cell]], notices: Sequence[RelatedNotice], told: Caution | None) -> Caution | None:
    """What the record says of itself, and what notices on it say."""
    own = {CAUTION_OF_NOTICE[each.kind] for each in notices if each.kind in CAUTION_OF_NOTICE}
    return gravest(own | ({told} if told is not None else set()) | ({Caution.RETRACTED} if GG["retraction"] in paper else set()))


def _nodes(stated: Mapping[str, Sequence[Cell]], predicate: str, facts: _Facts) -> list[Mapping[str, Sequence[Cell]]]:
    """What is stated of the nodes that a predicate leads to, in the order of the numbers that their names end in."""
    return [facts.get(each, {}) for each in sorted(map(str, stated.get(predicate, ())), key=lambda name: (len(name), name))]


def _one(stated: Mapping[str, Sequence[Cell]], predicate: str) -> Cell:
    return next(iter(stated.get(predicate, ())), None)


def _label(iri: Cell, facts: _Facts, vocabulary: Vocabulary) -> str:
    return label_of(iri, _one(facts.get(str(iri), {}), GG["unmappedLabel"]), vocabulary)
