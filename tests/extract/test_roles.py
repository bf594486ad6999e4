"""What each sentence of an abstract does."""

import pytest

from kg.extract.roles import find_roles
from kg.extract.sections import find_sections
from kg.extract.sentences import find_sentences


def roles(text: str) -> list[str]:
    sections = find_sections(text)
    return [role.value for role in find_roles(find_sentences(text, sections=sections), sections, text)]


def test_after_methods_what_tells_no_act_is_a_result() -> None:
    text = "Three infants with gut GVHD were given stromal cells. Stools returned to normal in two. The third was given antibodies."
    assert roles(text) == ["methods", "results", "results"]


def test_a_study_that_opens_with_what_was_done_has_no_background() -> None:
    text = "Vesicles were added to purified T cells. Neither division nor apoptosis was altered. Blocking CD73 took the effect away."
    assert roles(text)[:2] == ["methods", "results"]


def test_a_structured_abstract_gives_each_sentence_the_label_of_its_section() -> None:
    text = "Background: Little is known. It is rare.\nResults: Six died (P = .02). We aimed high."
    assert roles(text) == ["background", "background", "results", "results"]


def test_an_unstructured_trial_report_is_told_apart_by_its_words() -> None:
    text = (
        "Acute GVHD is a frequent complication of transplantation. Stromal cells have been shown to calm T cells. "
        "We aimed to find out whether they prevent GVHD. We randomly assigned 60 patients to cells or placebo. "
        "The primary endpoint was acute GVHD by day 100. Acute GVHD developed in 12% versus 40% (P = .01). "
        "Relapse did not differ. These results suggest that cells prevent GVHD."
    )
    assert roles(text) == ["background", "background", "objective", "methods", "methods", "results", "results", "conclusions"]


def test_an_unstructured_laboratory_report_is_told_apart_by_its_words() -> None:
    text = (
        "How stromal cells restrain NK cells remains unclear. Here we investigate the mechanism. "
        "Cells were cultured with IL-2. Proliferation was strongly inhibited. Blocking PGE2 abolished the effect. "
        "Thus PGE2 may mediate the suppression."
    )
    assert roles(text) == ["background", "objective", "methods", "results", "results", "conclusions"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Treated mice lived longer and lost less weight than untreated ones.",
        "Neutrophils exceeded 0.5 × 10^9/l after 15 days with cells and after 14 days without.",
        "Survival was the same in both groups.",
    ],
)
def test_what_was_seen_is_a_result_even_early_and_without_a_test(sentence: str) -> None:
    text = f"We gave stromal cells to mice. {sentence} Nothing else was looked at. The mice were kept in cages."
    assert roles(text)[1] == "results"


@pytest.mark.parametrize(
    "sentence",
    [
        "Stromal cells have previously been reported to lower GVHD in mice.",
        "The best source of cells is still unknown.",
        "Steroids are the mainstay of treatment, yet half of the patients do not respond.",
        "Earlier studies found lower relapse with this drug.",
        "Olesen et al found higher survival.",
    ],
)
def test_background_and_cited_claims_are_no_results(sentence: str) -> None:
    text = f"{sentence} We treated 20 patients with cells. Nine responded."
    assert roles(text)[0] == "background"


@pytest.mark.parametrize(
    "sentence",
    [
        "Acute GVHD occurred in 41% of controls and 19% of the treated (p = 0.03).",
        "The hazard ratio for relapse was 1.21, 95% CI 0.74-1.98.",
        "After cells, B cells increased relative to controls (all P < .05).",
    ],
)
def test_a_tested_comparison_alone_is_a_result(sentence: str) -> None:
    assert roles(sentence) == ["results"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Chronic GVHD affects 30% to 70% of those who outlive the first hundred days.",
        "In our earlier work 59% of mice had survived.",
        "In another laboratory fucosylation had raised homing fivefold.",
        "Animal experiments had shown lower mortality with such cells.",
        "Three small trials, each with fewer than 100 children, had examined it: relapse was 8% in one.",
        "Survival at five years has been put at 10 to 56 percent.",
        "Reported response rates run from 32% to 75%.",
        "In four children in Japan the cells had led to responses, two of them complete.",
    ],
)
def test_figures_of_others_are_background(sentence: str) -> None:
    text = f"Gut GVHD is feared. {sentence} We treated 20 patients with cells. Nine responded. Two relapsed. None died."
    assert roles(text)[1] == "background"


@pytest.mark.parametrize(
    "sentence",
    [
        "Eligible were those with neutrophils above 0.5 × 10^9/L and no relapse.",
        "Stopping rules for mortality were fixed beforehand.",
        "Engraftment was defined as three days above 0.5 × 10^9/L.",
        "A sample of 60 was planned to show a rise of the response from 40% to 70%.",
        "Trials with response at day 28 as the end point are under way.",
    ],
)
def test_what_is_laid_down_or_planned_is_no_result(sentence: str) -> None:
    text = f"Gut GVHD is feared. We treated 20 patients with cells. Nine responded. {sentence}"
    assert roles(text)[3] == "methods"


def test_a_result_told_in_the_pluperfect_after_the_aim_stays_a_result() -> None:
    text = "Gut GVHD is feared. We describe the outcome of 54 patients given cells. After 28 days, 32/54 had responded. Six had died."
    assert roles(text)[2:] == ["results", "results"]


def test_no_sentences_have_no_roles() -> None:
    assert roles("") == []


RESULT = "In 20 patients MSCs were infused. Chronic GVHD developed in 20% with MSCs versus 40% in controls (P = .03). "


@pytest.mark.parametrize(
    "sentence",
    [
        "These trials suggest that (1) MSCs lower the risk of acute GVHD, and (2) relapse is not increased.",
        "Co-infusion of MSCs leads to fewer graft failures and improves survival.",
        "Although relapse is a problem after haploidentical grafts, it is less frequent with chronic GVHD.",
    ],
)
def test_what_closes_an_abstract_in_the_present_concludes(sentence: str) -> None:
    assert roles(RESULT + sentence)[-1] == "conclusions"


@pytest.mark.parametrize(
    "sentence",
    [
        "The survivors are doing well without immunosuppression.",
        "Lastly, IDO is identified as the mediator of relapse.",
        "Relapse occurred less often with MSCs.",
    ],
)
def test_how_people_fare_at_the_end_and_what_is_shown_are_results(sentence: str) -> None:
    assert roles(RESULT + sentence)[-1] == "results"
