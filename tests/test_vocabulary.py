"""Looking concepts up, and what a broken file says."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.bundled import ontologies_folder
from kg.errors import VocabularyError
from kg.model import Desirable, Direction, Extraction, Finding, FindingKind, Outcome, Span, Term, TermKind
from kg.vocabulary import Concept, Vocabulary, fold, load_vocabulary, unmapped_phrases

Edit = Callable[[str, str, str], Path]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(ontologies_folder())


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Copy the ontologies, replace a text that stands there once, and give the copy."""

    def changed(file: str, old: str, new: str) -> Path:
        folder = Path(shutil.copytree(ontologies_folder(), tmp_path / "ontologies"))
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return changed


# ---------------------------------------------------------------- looking up


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("GVHD", "graft-versus-host-disease"),
        ("graft versus host disease", "graft-versus-host-disease"),
        ("cGvHD", "chronic-graft-versus-host-disease"),
        ("haplo-HSCT", "haploidentical-hematopoietic-stem-cell-transplantation"),
        ("allo-SCT", "allogeneic-hematopoietic-stem-cell-transplantation"),
        ("SR-aGVHD", "steroid-refractory-acute-graft-versus-host-disease"),
        ("steroid-resistant GVHD", "steroid-refractory-graft-versus-host-disease"),
        ("WJ-MSC", "wharton-s-jelly-derived-mesenchymal-stromal-cell"),
        ("hUC-MSC", "umbilical-cord-derived-mesenchymal-stromal-cell"),
        ("aplastic anaemia", "aplastic-anemia"),
        ("NRM", "non-relapse-mortality"),
        ("GRFS", "gvhd-free-relapse-free-survival"),
        ("PTCy", "post-transplant-cyclophosphamide"),
        ("CMV reactivation", "cytomegalovirus-infection"),
        ("EBV viraemia", "epstein-barr-virus-infection"),
        ("VOD", "sinusoidal-obstruction-syndrome"),
        ("randomised controlled trial", "randomized-controlled-trial"),
    ],
)
def test_name_as_people_write_it_finds_the_concept(vocabulary: Vocabulary, words: str, slug: str) -> None:
    found = vocabulary.find(words)
    assert found is not None
    assert found.slug == slug


def test_name_of_two_concepts_finds_none_without_its_kind(vocabulary: Vocabulary) -> None:
    assert vocabulary.find("EBV") is None
    virus = vocabulary.find("EBV", kind="species")
    assert virus is not None
    assert virus.slug == "epstein-barr-virus"


def test_term_wins_over_a_closed_value_and_a_statistic(vocabulary: Vocabulary) -> None:
    found = [vocabulary.find("meta-analysis"), vocabulary.find("SD")]
    assert [each.slug for each in found if each is not None] == ["meta-analysis", "stable-disease"]


def test_unknown_name_finds_none(vocabulary: Vocabulary) -> None:
    assert vocabulary.find("philosopher's stone") is None


def test_label_wins_over_synonym() -> None:
    cold = Concept(slug="cold", kind="condition", label="cold")
    flu = Concept(slug="flu", kind="condition", label="flu", synonyms=("cold",))
    assert Vocabulary({"flu": flu, "cold": cold}).find("Cold") is cold


def test_closed_value_is_found_by_its_kind(vocabulary: Vocabulary) -> None:
    found = vocabulary.find("randomized controlled trial", kind="design")
    assert found is not None
    assert found.slug == "design-rct"
    assert found.notation == "rct"


def test_unknown_slug_raises(vocabulary: Vocabulary) -> None:
    with pytest.raises(VocabularyError, match="no concept 'unicorn'"):
        vocabulary["unicorn"]
    with pytest.raises(VocabularyError, match="no concept 'unicorn'"):
        vocabulary.descendants("unicorn")


def test_hyphens_and_case_are_folded() -> None:
    assert fold("Graft–versus-Host\u00a0 Disease ") == "graft versus host disease"


# ---------------------------------------------------------------- hierarchy


def test_ancestors_come_nearest_first(vocabulary: Vocabulary) -> None:
    assert vocabulary.ancestors("wharton-s-jelly-derived-mesenchymal-stromal-cell") == (
        "umbilical-cord-derived-mesenchymal-stromal-cell",
        "mesenchymal-stromal-cell",
    )


def test_descendants_are_the_reverse(vocabulary: Vocabulary) -> None:
    below = vocabulary.descendants("graft-versus-host-disease")
    assert {"grade-iii-iv-acute-graft-versus-host-disease", "ocular-graft-versus-host-disease"} < set(below)
    assert "graft-versus-host-disease" not in below
    assert all("graft-versus-host-disease" in vocabulary.ancestors(slug) for slug in below)


@pytest.mark.parametrize(
    ("slug", "other"),
    [
        ("haploidentical-hematopoietic-stem-cell-transplantation", "hematopoietic-stem-cell-transplantation"),
        ("haploidentical-hematopoietic-stem-cell-transplantation", "haploidentical-hematopoietic-stem-cell-transplantation"),
        ("decidua-stromal-cell", "mesenchymal-stromal-cell"),
        ("induced-regulatory-t-cell", "t-cell"),
        ("invasive-aspergillosis", "infection"),
        ("acute-promyelocytic-leukemia", "hematologic-malignancy"),
        ("tacrolimus", "calcineurin-inhibitor"),
    ],
)
def test_narrow_is_a_broad(vocabulary: Vocabulary, slug: str, other: str) -> None:
    assert vocabulary.is_a(slug, other)


def test_broad_is_no_narrow(vocabulary: Vocabulary) -> None:
    assert not vocabulary.is_a("mesenchymal-stromal-cell", "decidua-stromal-cell")
    assert not vocabulary.is_a("chronic-graft-versus-host-disease", "acute-graft-versus-host-disease")


@pytest.mark.parametrize(
    ("slug", "desirable"),
    [
        ("overall-survival", Desirable.HIGHER),
        ("grade-iii-iv-acute-graft-versus-host-disease", Desirable.LOWER),
        ("cytomegalovirus-disease", Desirable.LOWER),
        ("day-28-complete-response", Desirable.HIGHER),
        ("time-to-platelet-engraftment", Desirable.LOWER),
        ("graft-versus-leukemia-effect", Desirable.HIGHER),
        ("mixed-chimerism", Desirable.NONE),
        ("tacrolimus", None),
    ],
)
def test_desirable_direction_comes_down_from_broader_concepts(vocabulary: Vocabulary, slug: str, desirable: Desirable | None) -> None:
    assert vocabulary[slug].desirable is desirable


def test_tissue_source_comes_down_from_broader_concepts(edit: Edit) -> None:
    source = "    gg:tissueSource ggv:chorion ;\n"
    found = load_vocabulary(edit("cell-types.ttl", source, ""))
    assert found["chorion-derived-mesenchymal-stromal-cell"].tissue_source == "placenta"


def test_outcome_says_what_it_measures_and_its_complement(vocabulary: Vocabulary) -> None:
    assert vocabulary["incidence-of-chronic-gvhd"].measures == "chronic-graft-versus-host-disease"
    assert vocabulary["mortality"].complement == "overall-survival"


def test_ambiguous_short_form_is_told_apart_by_its_capitals(vocabulary: Vocabulary) -> None:
    assert set(vocabulary.ambiguous["MRD"].concepts) == {"matched-sibling-donor-transplantation", "minimal-residual-disease"}
    assert "healthy control" in vocabulary.ambiguous["HC"].others
    assert "mrd" not in vocabulary.ambiguous


def test_search_puts_equal_names_first_and_short_ones_before_long(vocabulary: Vocabulary) -> None:
    found = [concept.slug for concept in vocabulary.search("engraftment")]
    assert found[0] == "engraftment"
    assert "time-to-neutrophil-engraftment" in found
    assert vocabulary.search("zzz") == ()
    assert len(vocabulary.search("cell", limit=3)) == 3


def test_lacking_phrases_are_counted_most_frequent_first(vocabulary: Vocabulary) -> None:
    def term(text: str, concept: str | None = None) -> Term:
        return Term(kind=TermKind.CELL_TYPE, label=text, start=0, end=len(text), text=text, concept=concept)

    outcome = Outcome(label="hair regrowth", start=0, end=13, text="hair regrowth")
    finding = Finding(kind=FindingKind.EFFECT, outcome=outcome, direction=Direction.INCREASED, evidence=Span(start=0, end=20))
    extractions = [
        Extraction(id="a", paper="a", terms=(term("zebra cell"), term("T cell"), term("B cell", "b-cell")), findings=(finding,)),
        Extraction(id="b", paper="b", terms=(term("Zebra cell"),)),
    ]
    assert unmapped_phrases(extractions, known=vocabulary) == [("cell_type", "zebra cell", 2), ("outcome", "hair regrowth", 1)]


# ---------------------------------------------------------------- a curator at work


def test_added_synonym_is_found(edit: Edit) -> None:
    folder = edit("drugs.ttl", '"Jakafi"@en', '"Jakafi"@en , "roxalix"@en')
    found = load_vocabulary(folder).find("Roxalix")
    assert found is not None
    assert found.slug == "ruxolitinib"


@pytest.mark.parametrize(("file", "text"), [("drugs.ttl", '"Jakafi"@en'), ("ambiguous-abbreviations.tsv", "membrane attack complex")])
def test_changed_file_changes_the_hash(edit: Edit, vocabulary: Vocabulary, file: str, text: str) -> None:
    assert load_vocabulary(edit(file, text, text.upper())).sha256 != vocabulary.sha256
    assert load_vocabulary(ontologies_folder()).sha256 == vocabulary.sha256


ELAFIN = '    skos:prefLabel "elafin"@en ;\n'


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("", r"biomarkers\.ttl, elafin: has no prefLabel"),
        (ELAFIN + '    skos:prefLabel "Elafin"@en ;\n', r"biomarkers\.ttl, elafin: has 2 values of prefLabel"),
        (ELAFIN + "    skos:broader ggv:nowhere ;\n", r"biomarkers\.ttl, elafin: names nowhere, which no scheme holds"),
        (ELAFIN + "    skos:broader ggv:elafin ;\n", r"biomarkers\.ttl, elafin: is broader than itself"),
        (ELAFIN + "    skos:closeMatch MESH:D000001 ;\n", r"biomarkers\.ttl, elafin: maps to MESH:D000001, whose label is unknown"),
        (ELAFIN.replace("elafin", "x") + "    skos:inScheme ggv:scheme-drug ;\n", r"biomarkers\.ttl, elafin: has 2 values of inScheme"),
    ],
)
def test_broken_concept_is_refused_with_file_and_name(edit: Edit, new: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        load_vocabulary(edit("biomarkers.ttl", ELAFIN, new))


def test_ring_of_three_is_refused(edit: Edit) -> None:
    folder = edit("biomarkers.ttl", ELAFIN, ELAFIN + "    skos:broader ggv:ferritin ;\n")
    path = folder / "biomarkers.ttl"
    text = path.read_text(encoding="utf-8")
    for child, parent in (("ferritin", "adenosine"), ("adenosine", "elafin")):
        old = f'    skos:prefLabel "{child}"@en ;\n'
        assert text.count(old) == 1
        text = text.replace(old, f"{old}    skos:broader ggv:{parent} ;\n")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match="is broader than itself"):
        load_vocabulary(folder)


def test_concept_of_another_scheme_is_refused(edit: Edit) -> None:
    folder = edit(
        "blinding.ttl",
        "ggv:blinding-open-label a skos:Concept ;\n    skos:inScheme ggv:scheme-blinding",
        "ggv:blinding-open-label a skos:Concept ;\n    skos:inScheme ggv:scheme-drug",
    )
    with pytest.raises(VocabularyError, match=r"blinding\.ttl, blinding-open-label: is in scheme-drug"):
        load_vocabulary(folder)


def test_wrong_desirable_direction_is_refused(edit: Edit) -> None:
    label = '    skos:prefLabel "zebrafish"@en ;\n'
    folder = edit("species.ttl", label, label + "    <https://w3id.org/graftgraph/ontology/desirable> ggv:decreased ;\n")
    with pytest.raises(VocabularyError, match=r"species\.ttl, zebrafish: gg:desirable is decreased"):
        load_vocabulary(folder)


def test_concept_in_two_files_is_refused(edit: Edit) -> None:
    folder = edit("species.ttl", "ggv:zebrafish a skos:Concept", "ggv:skin a skos:Concept")
    with pytest.raises(VocabularyError, match=r"tissue-sources\.ttl, skin: stands in species\.ttl too"):
        load_vocabulary(folder)


def test_subject_without_a_type_is_refused(edit: Edit) -> None:
    folder = edit("species.ttl", "ggv:zebrafish a skos:Concept ;\n    ", "ggv:zebrafish ")
    with pytest.raises(VocabularyError, match=r"species\.ttl, zebrafish: has no type"):
        load_vocabulary(folder)


def test_ambiguous_form_of_an_unknown_concept_is_refused(edit: Edit) -> None:
    folder = edit("ambiguous-abbreviations.tsv", "MAC\tmyeloablative-conditioning", "MAC\tmac-apple")
    with pytest.raises(VocabularyError, match=r"ambiguous-abbreviations\.tsv: names mac-apple"):
        load_vocabulary(folder)


def test_ambiguous_form_without_its_columns_is_refused(edit: Edit) -> None:
    folder = edit("ambiguous-abbreviations.tsv", "MAC\tmyeloablative-conditioning", "MAC")
    with pytest.raises(VocabularyError, match=r"ambiguous-abbreviations\.tsv, line \d+: has 2 columns, three are needed"):
        load_vocabulary(folder)


def test_ambiguous_form_listed_twice_is_refused(edit: Edit) -> None:
    folder = edit("ambiguous-abbreviations.tsv", "MAC\tmyeloablative-conditioning", "MA\tmeta-analysis")
    with pytest.raises(VocabularyError, match=r"ambiguous-abbreviations\.tsv, line \d+: lists MA again"):
        load_vocabulary(folder)


def test_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="no Turtle files"):
        load_vocabulary(tmp_path)


def test_folder_without_the_table_of_forms_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ontologies_folder(), tmp_path / "ontologies"))
    (folder / "ambiguous-abbreviations.tsv").unlink()
    with pytest.raises(VocabularyError, match=r"ambiguous-abbreviations\.tsv: cannot be read"):
        load_vocabulary(folder)
