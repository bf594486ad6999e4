"""SSSOM and CURIE pairs."""

import shutil
from pathlib import Path

from kg.bundled import ontologies_folder
from kg.mappings import MAPPINGS_FILE, curie_pairs, repairs, sssom_table
from kg.vocabulary import Concept, Match, Vocabulary

MSC = Concept(
    slug="mesenchymal-stromal-cell",
    kind="cell_type",
    label="mesenchymal stromal cell",
    matches=(Match("exact", "CL:0000134", "mesenchymal stem cell"), Match("broad", "MESH:D059630", "Mesenchymal Stem Cells")),
)
SKIN = Concept(slug="skin", kind="tissue_source", label="skin")


def test_each_mapping_is_one_row_with_strength_and_both_labels() -> None:
    lines = sssom_table(Vocabulary({"skin": SKIN, MSC.slug: MSC})).splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification",
        "ggv:mesenchymal-stromal-cell\tmesenchymal stromal cell\tskos:exactMatch\tCL:0000134\tmesenchymal stem cell"
        "\tsemapv:ManualMappingCuration",
        "ggv:mesenchymal-stromal-cell\tmesenchymal stromal cell\tskos:broadMatch\tMESH:D059630\tMesenchymal Stem Cells"
        "\tsemapv:ManualMappingCuration",
    ]


def test_header_expands_the_prefixes_that_are_used() -> None:
    table = sssom_table(Vocabulary({MSC.slug: MSC}))
    assert "#  CL: http://purl.obolibrary.org/obo/CL_\n" in table
    assert "#  MONDO:" not in table


def test_pairs_are_sorted_rows_of_curie_and_label() -> None:
    official = {"http://id.nlm.nih.gov/mesh/D006086": "Graft vs Host Disease", "http://purl.obolibrary.org/obo/CL_0000084": "T cell"}
    assert curie_pairs(official) == "curie\tlabel\nCL:0000084\tT cell\nMESH:D006086\tGraft vs Host Disease\n"


def test_changed_mapping_and_loose_layout_are_repaired(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ontologies_folder(), tmp_path / "ontologies"))
    assert repairs(folder) == {}
    path = folder / "biomarkers.ttl"
    right = path.read_text(encoding="utf-8")
    path.write_text(right.replace('"elafin"@en', '"Elafin"@en').replace(" ;\n", " ;\n\n"), encoding="utf-8")
    wrong = repairs(folder)
    assert set(wrong) == {path, folder / MAPPINGS_FILE}
    assert "ggv:elafin\tElafin\t" in wrong[folder / MAPPINGS_FILE]


def test_absent_table_of_mappings_is_written_anew(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ontologies_folder(), tmp_path / "ontologies"))
    table = (folder / MAPPINGS_FILE).read_text(encoding="utf-8")
    (folder / MAPPINGS_FILE).unlink()
    assert repairs(folder) == {folder / MAPPINGS_FILE: table}
