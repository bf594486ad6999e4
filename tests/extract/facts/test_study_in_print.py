"""Study facts as printed abstracts tell them: who was counted, what for, in what phase, with whose cells."""

import pytest
from study_world import read

from kg.model import CellRole, Design, Intent, Phase


@pytest.mark.parametrize(
    ("text", "n"),
    [
        (
            "We assessed adverse events among 31 patients treated with decidual stromal cells and 27 controls. Three patients had fever.",
            58,
        ),
        (
            "There is a need for therapy of acute GVHD. We report that decidual cells are suppressive. We prospectively treated 24 "
            "patients with grade II-IV GVHD. Chronic GVHD was seen in 50%. Survival was similar (P = 0.4) compared to all 310 patients "
            "that underwent transplantation in those years.",
            24,
        ),
        (
            "Data from 940 adults were analyzed. A total of 310 patients underwent haploidentical and 630 underwent sibling "
            "transplantation. Relapse was rarer after the former (P = .02).",
            940,
        ),
        (
            "In this open trial 40 patients were screened, 31 enrolled and 22 given MSCs. All 22 were evaluable. Ten responded.",
            22,
        ),
        (
            "Surveyed were all 120 patients treated with MSCs until 2019; 104 with grade II-IV acute GVHD were included in the efficacy "
            "analysis. Response was 60%.",
            104,
        ),
    ],
    ids=["among those treated and controls", "set against others", "parts of a total", "screened", "in the analysis"],
)
def test_those_who_took_part_are_counted(text: str, n: int) -> None:
    assert read(text, title="Stromal cells after transplantation")[1].n == n


@pytest.mark.parametrize(
    ("title", "text", "intent"),
    [
        (
            "Outcome after haploidentical versus sibling donors in acute leukemia",
            "We retrospectively compared 90 patients given haploidentical grafts using cyclophosphamide-based GVHD prophylaxis with 120 "
            "given sibling grafts and other GVHD prophylaxis. Chronic GVHD was rarer with post-transplant cyclophosphamide (P = .01).",
            Intent.TREATMENT,
        ),
        (
            "Mesenchymal stromal cells as prophylaxis of GVHD: a meta-analysis",
            "PubMed was searched. Ten studies with 400 patients were pooled. Co-transplantation of MSCs did not lower acute GVHD "
            "(OR 0.9, 95% CI 0.6 to 1.3). Co-infusion was safe.",
            Intent.PROPHYLAXIS,
        ),
        (
            "Repeated stromal cells keep chronic GVHD of the lung at bay",
            "Seventeen children received MSCs monthly in a pilot trial. None developed bronchiolitis.",
            Intent.PROPHYLAXIS,
        ),
        (
            "Stromal cells and haemorrhagic cystitis",
            "We gave MSCs to two children with grade IV bleeding after haploidentical transplantation. Bleeding stopped.",
            Intent.TREATMENT,
        ),
    ],
)
def test_purpose_goes_by_what_the_title_is_on(title: str, text: str, intent: Intent) -> None:
    assert read(text, title=title)[1].intent is intent


def test_the_phase_of_the_trials_of_others_is_not_that_of_a_cohort() -> None:
    text = (
        "Ruxolitinib has shown promise in a phase 3 trial. We performed a retrospective study of 40 patients treated with ruxolitinib. "
        "Twenty responded."
    )
    assert read(text)[1].phase is None
    assert read("We treated 40 patients with ruxolitinib in a phase 2 trial. Twenty responded.")[1].phase is Phase.PHASE_2


def test_numbered_controls_make_a_comparison() -> None:
    text = "We prospectively gave decidual stromal cells to 31 patients with acute GVHD and 27 controls were observed. Fever was rare."
    assert read(text)[1].design is Design.NONRANDOMIZED_CONTROLLED


def test_cells_that_others_are_only_likened_to_are_not_given() -> None:
    text = (
        "Mesenchymal stromal cells (MSCs) are widely used. We gave decidual stromal cells, which differ from bone marrow MSCs, to 12 "
        "patients with acute GVHD. The infused cells were well tolerated."
    )
    given = [cell.cell for cell in read(text, title="Decidual stromal cells for acute GVHD")[0] if cell.role is CellRole.INTERVENTION]
    assert given == ["decidua stromal cell"]


def test_the_tissue_of_the_graft_is_not_that_of_the_cells_added_to_it() -> None:
    text = "Databases were searched. Nine studies with 300 patients were pooled. Recovery was faster with MSCs (MD -2.9; 95% CI -4 to -1)."
    (cell,) = read(text, title="Adding mesenchymal stromal cells to cord blood grafts: a pooled analysis")[0]
    assert (cell.cell, cell.source) == ("mesenchymal stromal cell", None)


def test_cells_licensed_with_a_cytokine_are_no_approved_product() -> None:
    text = (
        "Stromal cells of seven donors were licensed with interferon-gamma and cultured with activated T cells. "
        "T cell proliferation fell by 70%. An IDO inhibitor restored it."
    )
    assert read(text, title="Interferon-gamma licensing of stromal cells raises IDO and restrains T cells")[1].design is Design.IN_VITRO
