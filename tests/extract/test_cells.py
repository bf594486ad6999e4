"""Each cell population once: generic cell, source, donor, role."""

import pytest
from study_world import read

from kg.model import Cell

MSC = "mesenchymal stromal cell"


def told(found: tuple[Cell, ...]) -> list[tuple[str, str | None, str | None, str]]:
    return [(cell.cell, cell.source, cell.donor, cell.role.value) for cell in found]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (None, "METHODS: 40 patients received UC-MSCs. The MSCs were safe.", [(MSC, "umbilical cord", None, "intervention")]),
        ("Bone marrow MSCs in GVHD", "METHODS: 40 patients received MSCs.", [(MSC, "bone marrow", None, "intervention")]),
        (
            None,
            "METHODS: 40 patients received MSCs. The cells were grown from bone marrow of donors.",
            [(MSC, "bone marrow", None, "intervention")],
        ),
        (
            None,
            "METHODS: 40 patients received mesenchymal stromal cells (MSCs) derived from adipose tissue.",
            [(MSC, "adipose tissue", None, "intervention")],
        ),
        (None, "METHODS: 40 patients received MSCs of a third-party donor.", [(MSC, None, "third-party", "intervention")]),
        (
            "MSCs in GVHD: a meta-analysis",
            "METHODS: Ten studies were pooled. RESULTS: Two gave UC-MSCs.",
            [(MSC, None, None, "intervention")],
        ),
        (None, "METHODS: 40 patients received third-party MSCs.", [(MSC, None, "third-party", "intervention")]),
        (None, "METHODS: 40 patients received WJ-MSCs.", [(MSC, "umbilical cord", None, "intervention")]),
        (
            None,
            "METHODS: 20 patients received UC-MSCs and 20 received BM-MSCs.",
            [(MSC, "umbilical cord", None, "intervention"), (MSC, "bone marrow", None, "intervention")],
        ),
        (
            None,
            "METHODS: 40 patients received MSCs. RESULTS: Regulatory T cells increased and NK cells decreased after MSC infusion.",
            [
                (MSC, None, None, "intervention"),
                ("regulatory T cell", None, None, "measured"),
                ("natural killer cell", None, None, "measured"),
            ],
        ),
        (
            None,
            "METHODS: 12 patients were infused with regulatory T cells expanded from umbilical cord blood.",
            [("regulatory T cell", "umbilical cord blood", None, "intervention")],
        ),
        (
            None,
            "METHODS: 40 patients underwent HSCT. The graft was peripheral blood stem cells. RESULTS: 30 patients (75%) were alive.",
            [("peripheral blood stem cell", "peripheral blood", None, "graft")],
        ),
        # lists of tissues before and behind the name
        (
            "Bone marrow, adipose tissue and cord blood MSCs compared",
            "METHODS: MSCs were cultured.",
            [
                (MSC, "bone marrow", None, "intervention"),
                (MSC, "adipose tissue", None, "intervention"),
                (MSC, "umbilical cord blood", None, "intervention"),
            ],
        ),
        (
            None,
            "METHODS: MSCs were isolated from bone marrow, adipose tissue and umbilical cord and given to mice.",
            [
                (MSC, "bone marrow", None, "intervention"),
                (MSC, "adipose tissue", None, "intervention"),
                (MSC, "umbilical cord", None, "intervention"),
            ],
        ),
        (
            None,
            "METHODS: Human MSCs derived from umbilical cord matrix (UCM), bone marrow (BM) and adipose tissue (AT) were cultured.",
            [
                (MSC, "umbilical cord", None, "intervention"),
                (MSC, "bone marrow", None, "intervention"),
                (MSC, "adipose tissue", None, "intervention"),
            ],
        ),
        # cells under the name of something else
        (None, "METHODS: 40 children received remestemcel-L.", [(MSC, "bone marrow", None, "intervention")]),
        (
            None,
            "METHODS: 40 patients received donor lymphocyte infusions. The first donor lymphocyte infusion was small.",
            [("donor lymphocyte", None, None, "intervention")],
        ),
        (None, "METHODS: 40 patients received menstrual blood-derived stem cells.", [(MSC, "menstrual blood", None, "intervention")]),
        # what only made the vesicles is not given; its tissue is theirs
        (
            "Exosomes from bone marrow MSCs in mice",
            "METHODS: Exosomes of bone marrow MSCs were injected into mice. RESULTS: Mice lived longer.",
            [("MSC-derived extracellular vesicle", "bone marrow", None, "intervention")],
        ),
        # named in the background, taken up as "the cells"
        (
            None,
            "BACKGROUND: MSCs suppress T cells. METHODS: The cells were infused into 40 patients.",
            [(MSC, None, None, "intervention")],
        ),
        (None, "Allogeneic bone marrow MSCs were modified and given to 9 patients.", [(MSC, "bone marrow", "allogeneic", "intervention")]),
        # the donor's adjective belongs to the nearest noun; how the cells were made tells the donor too
        (None, "METHODS: 40 patients received haploidentical HSCT and UC-MSCs.", [(MSC, "umbilical cord", None, "intervention")]),
        (
            None,
            "METHODS: 40 patients received MSCs. The cells were expanded from the bone marrow of third-party donors.",
            [(MSC, "bone marrow", "third-party", "intervention")],
        ),
        (
            None,
            "METHODS: 40 patients underwent HSCT. The graft was bone marrow in 30 and peripheral blood stem cells in 10 patients.",
            [("peripheral blood stem cell", "peripheral blood", None, "graft"), ("hematopoietic stem cell", "bone marrow", None, "graft")],
        ),
        # a drug in the title: the graft is what everybody got
        ("Abatacept in transplantation", "METHODS: 40 patients underwent peripheral blood stem cell transplantation.", []),
        # what is killed is a target, what stays is measured
        (
            None,
            "METHODS: 40 patients received MSCs. RESULTS: Killing of K562 cells was less. Naive T cells were preserved.",
            [(MSC, None, None, "intervention"), ("naive T cell", None, None, "measured")],
        ),
        (None, "METHODS: 40 patients received MSCs. RESULTS: Reticulocytes rose.", [(MSC, None, None, "intervention")]),
        (None, "BACKGROUND: MSCs are promising. METHODS: 40 patients received ruxolitinib. RESULTS: 20 patients responded.", []),
        (
            None,
            "METHODS: 40 patients received MSCs. RESULTS: The effect required neither B cells nor contact.",
            [(MSC, None, None, "intervention")],
        ),
    ],
)
def test_population_is_told_once_with_its_source(
    title: str | None, text: str, expected: list[tuple[str, str | None, str | None, str]]
) -> None:
    assert told(read(text, title=title)[0]) == expected


def test_cell_of_the_title_alone_has_no_span() -> None:
    (cell,) = read("METHODS: 40 patients received the product.", title="Decidua stromal cells in GVHD")[0]
    assert (cell.cell, cell.source, cell.start, cell.end) == ("decidua stromal cell", "decidua", None, None)


def test_span_is_that_of_the_first_mention() -> None:
    text = "METHODS: 40 patients received MSCs. RESULTS: MSCs were safe."
    (cell,) = read(text)[0]
    assert cell.start is not None
    assert text[cell.start : cell.end] == "MSCs"
    assert cell.start == 30


def test_advice_at_the_end_of_a_page_names_no_cell_of_the_study() -> None:
    text = "We gave MSCs to 40 patients.\nTo learn more about adipose-derived stem cells, click here."
    assert told(read(text)[0]) == [(MSC, None, None, "intervention")]
