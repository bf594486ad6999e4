"""The graph of one paper, read for showing: bibliography, study and arms in words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import Literal

from kg.errors import StoreError
from kg.model import TextKind
from kg.namespaces import BASE, GG, GGV, PREFIXES, graph_iri, notation_iri, paper_iri
from kg.queries.run import Cell, Queryable, ask
from kg.vocabulary import Vocabulary
from kg.wording import duration_words

_KEYS = ("dcterms:identifier", "fabio:hasPubMedId", "fabio:hasPubMedCentralId", "prism:doi", "gg:localId")
_BIBLIOGRAPHY = (
    ("paper", ("dcterms:identifier",)),
    ("PubMed", ("fabio:hasPubMedId",)),
    ("PMC", ("fabio:hasPubMedCentralId",)),
    ("DOI", ("prism:doi",)),
    ("first author", ("gg:firstAuthor",)),
    ("journal", ("gg:journal",)),
    ("date", ("dcterms:issued", "gg:datePrinted", "gg:year")),
    ("types", ("gg:publicationType",)),
)
_MANY_NOTICES = 3
#: What it is called, its property, and the names of ``Study`` fields whose facts say where it was read.
_STUDY = (
    ("design", "design", ("design",)),
    ("intent", "intent", ("intent",)),
    ("phase", "phase", ("phase",)),
    ("allocation", "allocation", ("is_randomized",)),
    ("blinding", "blinding", ("blinding",)),
    ("centres", "centers", ("is_multicenter",)),
    ("number of centres", "centerCount", ("n_centers",)),
    ("analysed", "participantCount", ("n",)),
    ("enrolled", "enrolledCount", ("n_enrolled",)),
    ("planned", "plannedCount", ("n_planned",)),
    ("studies pooled", "studyCount", ("n_studies",)),
    ("species", "species", ("species",)),
    ("age group", "ageGroup", ("age_group",)),
    ("conditions", "condition", ("conditions",)),
    ("transplants", "transplant", ("transplants",)),
    ("steroid response", "steroidResponse", ("is_steroid_refractory",)),
    ("prior lines of treatment", "priorLines", ("prior_lines",)),
    ("infusions", "infusionCount", ("infusions",)),
    ("repetition", "infusionRepetition", ("is_repeated",)),
    ("schedule", "schedule", ("schedule",)),
    ("route", "route", ("route",)),
    ("day of infusion", "infusionDay", ("infusion_day",)),
    ("follow-up", "followUp", ("follow_up",)),
    ("primary outcome", "primaryOutcome", ("primary_outcome",)),
)


def find_paper(store: Queryable, key: str) -> str | None:
    """The id of the paper that goes by this identifier; a DOI and a PubMed id may be written as a URL.

    Raises:
        StoreError: two papers go by it.
    """
    words = key.strip()
    for start in ("https://doi.org/", "http://doi.org/", "doi:", "https://pubmed.ncbi.nlm.nih.gov/", "pmid:", paper_iri("")):
        words = words.removeprefix(start)
    # An id that people are shown has its slashes back.
    keys = sorted({words, words.lower(), words.upper(), words.rstrip("/"), paper_iri(words.lower()).removeprefix(paper_iri(""))})
    sparql = (
        "SELECT DISTINCT ?id WHERE { "
        f"VALUES ?key {{ {' '.join(str(Literal(each)) for each in keys)} }} "
        f"VALUES ?property {{ {' '.join(f'<{_iri(name)}>' for name in _KEYS)} }} "
        f"GRAPH ?graph {{ ?paper a <{GG['Paper']}> ; <{_iri('dcterms:identifier')}> ?id ; ?property ?key }} }} ORDER BY ?id"
    )
    found = [str(row[0]) for row in ask(store, sparql, location="find paper").rows]
    if len(found) > 1:
        raise StoreError(f"{key!r} is more than one paper: {', '.join(found)}", remedy="Give one of these ids")
    return found[0] if found else None


@dataclass(frozen=True)
class PaperGraph:
    """Values by subject and property."""

    paper: str
    values: Mapping[tuple[str, str], tuple[Cell, ...]]
    vocabulary: Vocabulary

    @property
    def text_kinds(self) -> list[TextKind]:
        """The kinds of the paper's texts."""
        found = {value for node in self._nodes(self.paper, "hasText") for value in self.values.get((node, GG["textKind"]), ())}
        return [kind for kind in TextKind if notation_iri(kind, "text_kind") in found]

    def first(self, name: str) -> str | None:
        """The first value of a property of the paper."""
        found = self._texts(self.paper, _iri(name))
        return found[0] if found else None

    def bibliography(self) -> Iterator[tuple[str, str]]:
        """Name and value of what is known of the publication."""
        for name, properties in _BIBLIOGRAPHY:
            found = next((texts for each in properties if (texts := self._texts(self.paper, _iri(each)))), [])
            yield name, unquote(", ".join(found)) if name == "paper" else ", ".join(found)
        numbers = [text for node in self._nodes(self.paper, "hasRegistration") for text in self._texts(node, GG["registrationNumber"])]
        yield "registrations", ", ".join(numbers)
        yield "text", ", ".join(text for node in self._nodes(self.paper, "hasText") for text in self._texts(node, GG["textKind"]))
        yield from self._notices()

    def _notices(self) -> Iterator[tuple[str, str]]:
        """Each notice with what it cites; of a kind with many, such as the reference list, how many there are."""
        cited: dict[str, list[str]] = defaultdict(list)
        for node in self._nodes(self.paper, "hasNotice"):
            cited[", ".join(self._texts(node, GG["noticeKind"]))] += self._texts(node, GG["citation"]) or [""]
        for kind, places in cited.items():
            if len(places) > _MANY_NOTICES:
                yield "notice", f"{kind}: {len(places)} works"
            else:
                yield from (("notice", f"{kind}: {each}" if each else kind) for each in places)

    def study(self) -> list[tuple[str, str, str]]:
        """Name, value and place of each study fact; the place is left out where it is the text itself."""
        rows = []
        for study in self._nodes(self.paper, "hasStudy"):
            origins = self._origins(study)
            for name, predicate, fields in _STUDY:
                value = ", ".join(map(duration_words, self._texts(study, GG[predicate])))
                if value:
                    rows.append((name, value, next((origins[field] for field in fields if field in origins), "")))
            doses = [text for node in self._nodes(study, "hasDose") for text in self._texts(node, GG["printed"])]
            rows += [("dose", text, "") for text in doses]
            places = self._source_origins(study)
            rows += [("cells", self._cell(node, places), "") for node in self._nodes(study, "hasCell")]
        return rows

    def arms(self) -> list[list[str]]:
        """Number, label, role, size and what was given, in order of number."""
        nodes = [arm for study in self._nodes(self.paper, "hasStudy") for arm in self._nodes(study, "hasArm")]
        names = (GG["armNumber"], _iri("rdfs:label"), GG["armRole"], GG["armCount"], GG["given"])
        rows = [["; ".join(self._texts(node, name)) for name in names] for node in nodes]
        return sorted(rows, key=lambda row: int(row[0] or 0))

    def _origins(self, study: str) -> dict[str, str]:
        """From where each field was read, by field; facts from the text are left out."""
        found = {}
        for node in self._nodes(study, "hasFact"):
            origin = ", ".join(self._texts(node, GG["origin"]))
            if origin != "text":
                found[", ".join(self._texts(node, GG["field"]))] = f"from the {origin}"
        return found

    def _source_origins(self, study: str) -> dict[str, str]:
        """From where the source of given cells was read, by source; sources from the text are left out."""
        found = {}
        for node in self._nodes(study, "hasFact"):
            origin = ", ".join(self._texts(node, GG["origin"]))
            if self._texts(node, GG["field"]) == ["cell_source"] and origin != "text":
                source = ", ".join(self._texts(node, GG["rule"])).removeprefix("source-").replace("-", " ")
                found[source] = f" (from the {origin})"
        return found

    def _cell(self, node: str, origins: Mapping[str, str]) -> str:
        kind, *_ = [*self._texts(node, GG["cell"]), *self._texts(node, _iri("rdfs:label"))]
        is_given = "intervention" in " ".join(self._texts(node, GG["cellRole"]))
        sources = [f"{text}{origins.get(text, '') if is_given else ''}" for text in self._texts(node, GG["cellSource"])]
        facts = [*sources, *(text for name in ("cellDonor", "cellRole") for text in self._texts(node, GG[name]))]
        return f"{kind} ({', '.join(facts)})" if facts else kind

    def _nodes(self, subject: str, name: str) -> list[str]:
        return [str(each) for each in self.values.get((subject, GG[name]), ())]

    def _texts(self, subject: str, predicate: str) -> list[str]:
        return [self._text(each) for each in self.values.get((subject, predicate), ())]

    def _text(self, value: Cell) -> str:
        """A concept by its label, a node of the graph by its own, a literal as it is."""
        text = f"{value:g}" if isinstance(value, float) else str(value)
        slug = text.removeprefix(GGV)
        if text.startswith(GGV) and slug in self.vocabulary:
            return self.vocabulary[slug].label
        labels = self.values.get((text, _iri("rdfs:label")), ()) if text.startswith(BASE) else ()
        return str(labels[0]) if labels else text


def read_paper_graph(store: Queryable, paper: str, vocabulary: Vocabulary) -> PaperGraph:
    """Everything the store says of a paper."""
    sparql = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph_iri('paper', paper)}> {{ ?s ?p ?o }} }} ORDER BY ?s ?p STR(?o)"
    values: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for subject, predicate, value in ask(store, sparql, location="show paper").rows:
        values[str(subject), str(predicate)].append(value)
    return PaperGraph(paper_iri(paper), {key: tuple(found) for key, found in values.items()}, vocabulary)


def _iri(name: str) -> str:
    prefix, local = name.split(":")
    return GG[local] if prefix == "gg" else PREFIXES[prefix] + local
