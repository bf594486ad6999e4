"""What a paper says of its study, and where: text, title, citation line or record."""

import importlib

import pytest
from study_world import read

from kg.extract.facts.wording import Wording
from kg.model import Blinding, Design, Intent, Origin, Phase, Study

MODULES = (
    "facts.arm_sizes",
    "facts.clinical_design",
    "facts.conduct",
    "facts.design",
    "facts.giving",
    "facts.intent",
    "facts.laboratory",
    "facts.participants",
    "facts.people",
    "facts.people_counts",
    "facts.prior_lines",
    "facts.setting",
    "findings.comparisons",
    "findings.roster",
)


def study(text: str, *, title: str | None = None, types: tuple[str, ...] = (), registrations: tuple[str, ...] = ()) -> Study:
    return read(text, title=title, types=types, registrations=registrations)[1]


TRIAL = (
    "METHODS: We enrolled 40 patients with severe acute GVHD in a phase 2 open-label trial of MSCs."
    " RESULTS: Complete response was seen in 20 patients (50%)."
)


@pytest.mark.parametrize(
    ("text", "design"),
    [
        (TRIAL, Design.SINGLE_ARM),
        # what happened is told in the past: a study without labels, with its participles, is no review
        (
            "Nineteen patients with anemia received autologous MSCs on the day of HSCT in an open-label study. All engrafted."
            " Nobody relapsed.",
            Design.SINGLE_ARM,
        ),
        ("NK cells were stimulated in the presence of MSCs. MSCs reduced their killing. Blocking of IDO restored it.", Design.IN_VITRO),
        ("BALB/c recipients of C57BL/6 marrow received MSCs on day 2. They lived longer. Interferon fell.", Design.IN_VIVO_PRECLINICAL),
        (
            "MSC vesicles share effects of their parent cells and may be safer. Which cargo is at work is unknown. Doses vary."
            " Agencies have yet to define criteria.",
            Design.REVIEW,
        ),
        # searched and estimated is pooled
        (
            "METHODS: Of 80 studies that a search brought up, 9 were eligible (N=210) and pooled in a random effects model."
            " RESULTS: 60% responded (95% CI 50-70%).",
            Design.META_ANALYSIS,
        ),
        # a trial to come, an arm that is missing, a random sample
        (
            "METHODS: Twenty patients were given MSCs in a pilot trial without a control arm. RESULTS: Ten responded. A placebo-controlled"
            " study, double-blind and randomised, has been started.",
            Design.SINGLE_ARM,
        ),
        (
            "METHODS: In a double-blind phase III study patients received ibrutinib or, each with prednisone and for up to a year, placebo."
            " RESULTS: 40 of 90 patients responded.",
            Design.RCT,
        ),
        ("METHODS: 60 patients were given MSCs or saline in a random order. RESULTS: GVHD was rarer with MSCs.", Design.RCT),
        # plans in other words than "will be"
        (
            "Steroids are toxic. It is planned to randomise 90 adults to MSCs or placebo. Response on day 28 will be the endpoint."
            " Results are awaited.",
            Design.PROTOCOL,
        ),
        (
            "METHODS: We hypothesised that MSCs will act early and will last. RESULTS: 20 of 40 patients given MSCs in a pilot responded.",
            Design.SINGLE_ARM,
        ),
        # hindsight without the word
        (
            "Thirteen centers have now pooled what they saw between 2010 and 2015 after 127 transplants. Graft failure was rare.",
            Design.RETROSPECTIVE_COHORT,
        ),
        (
            "Medical charts of patients who started photopheresis in four hospitals were examined. There were 88 patients; 58 responded.",
            Design.RETROSPECTIVE_COHORT,
        ),
        (
            "In a matched-pair analysis, 72 patients given donor lymphocytes were compared with 72 who were not.",
            Design.RETROSPECTIVE_COHORT,
        ),
        ("A 9-year-old boy developed grade IV GVHD. Steroids failed. MSCs from his mother were given on day 73.", Design.CASE_SERIES),
        (
            "In a prospective trial 30 patients received MSCs. 34 patients who declined formed the comparison group.",
            Design.NONRANDOMIZED_CONTROLLED,
        ),
        ("We treated a 22-year-old woman with gut GVHD with exosomes of MSCs. Her symptoms improved.", Design.CASE_SERIES),
        # watched, asked
        ("We measured plasma ST2 in 124 recipients of transplants on day 14. High ST2 foretold GVHD.", Design.OTHER),
        ("Blood was sampled from 107 recipients at fixed times after HSCT. Tregs predicted chronic GVHD.", Design.OTHER),
        ("A questionnaire was sent to all centres. Answers came from 141 of them. Ruxolitinib was preferred in 78%.", Design.OTHER),
        ("METHODS: We randomly assigned 60 patients to MSCs or placebo. RESULTS: Chronic GVHD was less frequent with MSCs.", Design.RCT),
        ("METHODS: In a double-blind, placebo-controlled trial 60 patients received MSCs or saline. RESULTS: GVHD was rarer.", Design.RCT),
        (
            "METHODS: The records of 60 patients given MSCs were reviewed retrospectively. RESULTS: 20 patients (33%) relapsed.",
            Design.RETROSPECTIVE_COHORT,
        ),
        (
            "METHODS: In a phase 1 trial 12 patients received MSCs and were set beside 30 historical controls. RESULTS: GVHD was rarer.",
            Design.NONRANDOMIZED_CONTROLLED,
        ),
        ("We report on four children given MSCs for steroid-refractory GVHD. All four children responded.", Design.CASE_SERIES),
        (
            "METHODS: Mice were given human MSCs after transplantation. RESULTS: Survival of the mice was prolonged.",
            Design.IN_VIVO_PRECLINICAL,
        ),
        ("MSCs were co-cultured with T cells in vitro. T cell proliferation was suppressed in the assay.", Design.IN_VITRO),
        (
            "METHODS: We performed a meta-analysis of 12 studies with 640 patients. RESULTS: Chronic GVHD was rarer with MSCs.",
            Design.META_ANALYSIS,
        ),
        ("In this review we discuss how stromal cells might act in GVHD and which studies are under way.", Design.REVIEW),
        ("METHODS: 80 patients will be randomized to MSCs or placebo. Patients will be followed for two years.", Design.PROTOCOL),
        (
            "METHODS: We prospectively studied 90 transplants. RESULTS: A high T cell content of the graft went with longer survival.",
            Design.OTHER,
        ),
    ],
)
def test_design_is_told_by_how_people_came_into_the_study(text: str, design: Design) -> None:
    assert study(text).design is design


def test_figures_of_others_do_not_make_a_review_a_trial() -> None:
    text = (
        "MSCs prevent or treat GVHD. Rates vary between 30% and 80%, and the placebo-controlled trial missed its end point. We discuss why."
    )
    assert study(text, title="MSCs in transplantation: an overview").design is Design.REVIEW


def test_cultured_cells_given_to_people_are_no_culture() -> None:
    text = "METHODS: Five patients with back pain had cultured MSCs injected. The patients were followed for a year. Patients did well."
    assert study(text, title="Injection of cultured MSCs in five patients").design is not Design.IN_VITRO


@pytest.mark.parametrize(
    "text",
    [
        "RESULTS: 20 of 40 patients given MSCs responded. CONCLUSIONS: Randomized trials are needed.",
        "BACKGROUND: A randomized trial of others was negative. METHODS: We treated 40 patients with MSCs. RESULTS: 20 patients responded.",
        "METHODS: In this non-randomized trial 40 patients received MSCs. RESULTS: 20 patients responded.",
        "METHODS: 40 patients with graft-versus-host disease received MSCs in a pilot study. RESULTS: 20 patients responded.",
    ],
)
def test_trials_of_others_and_host_disease_make_no_comparison_by_chance(text: str) -> None:
    assert study(text).design not in (Design.RCT, Design.NONRANDOMIZED_CONTROLLED)


def test_indexers_decide_the_design_before_the_text() -> None:
    found = study(TRIAL, types=("Journal Article", "Randomized Controlled Trial"))
    (fact,) = [fact for fact in found.facts if fact.field == "design"]
    assert (found.design, fact.origin, fact.text) == (Design.RCT, Origin.METADATA, "Randomized Controlled Trial")


@pytest.mark.parametrize(
    ("text", "n"),
    [
        (TRIAL, 40),
        ("Forty-two patients with severe GVHD entered a study of UC-MSCs. After three infusions, 27 patients responded.", 42),
        ("Thirty-three patients shared 68 doses of MSCs. In twelve children chronic GVHD followed; they were followed for a year.", 33),
        ("METHODS: Of 312 transplants registered since 1994, 263 patients with relapsed leukemia were analyzed.", 263),
        ("METHODS: HCT from siblings (n = 54) or other donors (n = 40) followed TBI (n = 49) or ATG (n = 45).", 94),
        ("METHODS: Eighty-two patients were included. Half of them received a total of four intravenous infusions of MSCs.", 82),
        ("METHODS: Thirty of 40 eligible subjects participated in the trial.", 30),
        ("METHODS: We gave MSCs to 7 of the 33 patients with bleeding. RESULTS: Five responded.", 7),
        ("METHODS: Four-hundred forty-three adults received MSCs or no MSCs.", 443),
        ("METHODS: One hundred and sixty adults were treated with MSCs.", 160),
        ("METHODS: MSCs were given to eight type 1 diabetic patients.", 8),
        ("METHODS: 25 patients received Tregs; 50 patients transplanted without Tregs were taken for comparison (75 in total).", 75),
        (
            "METHODS: Fifty patients formed MSC and control groups. RESULTS: Two patients in the control group had graft failure.",
            50,
        ),
        ("METHODS: We enrolled 736 adults. The MSC group (n = 373) got cells. The control group (n = 363) got usual care.", 736),
        ("Registry data on adults given a haploidentical graft (n=620) or cord blood (n=520) were compared (1140 patients).", 1140),
        ("A 9-year-old boy developed grade IV GVHD. Steroids failed. MSCs from his mother were given on day 73.", 1),
        ("METHODS: Fifteen individuals received MSCs in a phase 1 trial. RESULTS: Nine of 15 participants were alive.", 15),
        ("METHODS: This retrospective study used data of 19 centers (N=270). RESULTS: 81 patients (30%) responded.", 270),
        ("METHODS: In a phase 2 trial 23 patients received Tregs. RESULTS: Among 108 historical controls GVHD was commoner.", 131),
        ("METHODS: Patients were randomly assigned to MSCs (n = 40) or no treatment (n = 37). RESULTS: GVHD was rarer with MSCs.", 77),
        ("METHODS: We compared 46 patients given MSCs with 46 matched controls. RESULTS: GVHD was rarer with MSCs.", 92),
        ("METHODS: We compared 90 patients: 50 patients given MSCs and 40 controls. RESULTS: GVHD was rarer with MSCs.", 90),
        ("METHODS: The study included a total of 76 patients. RESULTS: In the acute group, 23 patients received one infusion.", 76),
        ("We describe a case of severe GVHD treated with MSCs. The skin cleared.", 1),
        ("RESULTS: Severe lung GVHD affected seven patients in the control group and none of those given MSCs.", None),
        ("METHODS: We reviewed a total of 1,200 adult and pediatric patients who underwent HSCT. RESULTS: 300 patients (25%) died.", 1200),
        ("METHODS: MSCs were co-cultured with T cells of 12 donors in vitro. RESULTS: T cell proliferation fell.", None),
    ],
)
def test_n_counts_those_studied_and_not_those_with_an_event(text: str, n: int | None) -> None:
    assert study(text).n == n


def test_a_protocol_plans_and_has_no_n() -> None:
    found = study("METHODS: 80 patients will be randomized to MSCs or placebo. Patients will be followed for two years.")
    assert (found.n, found.n_planned) == (None, 80)


def test_animals_count_only_when_pooled() -> None:
    pooled = study(
        "We performed a meta-analysis of animal studies of MSCs. Thirty studies with 900 animals were eligible.",
        title="MSCs in animals: a meta-analysis",
    )
    single = study("METHODS: We gave MSCs to 30 mice. RESULTS: The mice lived longer.")
    assert (pooled.n, pooled.n_studies, pooled.species) == (900, 30, "mixed animals")
    assert (single.n, single.species) == (None, "mouse")


@pytest.mark.parametrize(
    ("title", "text", "intent"),
    [
        ("MSCs to prevent chronic GVHD", TRIAL, Intent.PROPHYLAXIS),
        ("MSCs for steroid-refractory GVHD", TRIAL, Intent.TREATMENT),
        ("Cotransplantation of MSCs in haploidentical HSCT", TRIAL, Intent.COTRANSPLANTATION),
        # the title names what is treated; GVHD that is not prevented is there
        ("MSCs for dry eye after HSCT", "METHODS: 40 patients were randomized to MSCs or observation after HSCT.", Intent.TREATMENT),
        ("MSCs in a boy with GVHD", "METHODS: MSCs were given to a boy after transplantation from an unrelated donor.", Intent.TREATMENT),
        # what cells are given for around a graft
        (None, "METHODS: 40 patients received MSCs before haploidentical HSCT. Engraftment was fast.", Intent.COTRANSPLANTATION),
        (None, "METHODS: 40 patients were infused with regulatory T cells before haploidentical HSCT.", Intent.PROPHYLAXIS),
        # a drug that goes along with a transplant is not what is studied
        (
            "Marrow or blood in haploidentical HSCT with post-transplant cyclophosphamide",
            "METHODS: We compared 40 patients.",
            Intent.TREATMENT,
        ),
        ("Predictors of bronchiolitis after HSCT", "METHODS: 60 cases were matched with 120 controls in a registry.", None),
        ("Survival after second HSCT", "METHODS: 60 patients who had a second HSCT were reviewed.", Intent.TREATMENT),
        # responses of the immune system and lower risks are found, not sought
        (
            "MSCs along with a haploidentical graft",
            "METHODS: 40 patients received MSCs with a haploidentical graft. RESULTS: T-cell responses fell. Relapse had a lower risk.",
            Intent.COTRANSPLANTATION,
        ),
        ("MSCs in transplantation", "MSCs may prevent or treat GVHD. What is best is unknown. We review trials. Doses are debated.", None),
        (None, "MSCs were co-cultured with T cells in vitro. T cell proliferation was suppressed in the assay.", Intent.MECHANISM),
        (
            "Outcome of haploidentical HSCT in aplastic anemia",
            "METHODS: 40 patients were treated with HSCT from 2010 to 2015. GVHD prophylaxis consisted of tacrolimus.",
            Intent.TREATMENT,
        ),
    ],
)
def test_intent_follows_the_words_of_purpose(title: str | None, text: str, intent: Intent | None) -> None:
    assert study(text, title=title).intent is intent


def test_cells_and_serum_of_patients_are_human() -> None:
    assert study("MSCs were cultured in serum of patients in vitro. MSCs grew.").species == "human"
    assert study("Human MSCs were cultured in vitro with splenocytes. T cell proliferation fell.").species == "human"
    assert study("MSCs were cultured in vitro with splenocytes. T cell proliferation fell.").species is None


def test_animal_sera_are_no_species() -> None:
    assert study("METHODS: 40 patients received rabbit antithymocyte globulin. RESULTS: 10 patients (25%) relapsed.").species == "human"


@pytest.mark.parametrize(
    ("printed", "phase"), [("phase II", "2"), ("phase 1/2", "1/2"), ("phase I-II", "1/2"), ("Phase 2b", "2"), ("phase III", "3")]
)
def test_phase_is_read_in_every_printed_form(printed: str, phase: str) -> None:
    assert study(f"METHODS: In a {printed} trial 40 patients received MSCs.").phase == Phase(phase)


def test_conduct_of_a_trial() -> None:
    found = study(
        "METHODS: In this double-blind trial (NCT01234567) at 12 centers 60 adults were randomly assigned to MSCs or placebo.",
    )
    assert (found.blinding, found.n_centers, found.is_multicenter, found.is_randomized, found.age_group) == (
        Blinding.DOUBLE_BLIND,
        12,
        True,
        True,
        "adult",
    )
    assert found.registrations == ("NCT01234567",)


def test_registrations_of_the_record_follow_those_of_the_text() -> None:
    found = study("METHODS: 40 patients received MSCs (NCT01234567).", registrations=("NCT01234567", "ISRCTN12345678"))
    assert found.registrations == ("NCT01234567", "ISRCTN12345678")
    assert [fact.origin for fact in found.facts if fact.field == "registrations"] == [Origin.TEXT, Origin.METADATA]


def test_how_the_cells_were_given() -> None:
    found = study(
        "METHODS: 40 patients received two intravenous infusions of 2×10^6 MSCs/kg every 2 weeks, the first on day +28 after HSCT."
        " The primary endpoint was overall survival; relapse was a secondary endpoint. RESULTS: Median follow-up was 18 months.",
    )
    assert (found.infusions, found.is_repeated, found.schedule, found.route) == (2, True, "every 2 weeks", "intravenous")
    assert (found.primary_outcome, found.follow_up) == ("overall survival", "P18M")
    assert [dose.cells_per_kg for dose in found.doses] == [2e6]


@pytest.mark.parametrize(
    ("text", "infusions", "is_repeated"),
    [
        ("METHODS: 40 patients had ciclosporin alone or ciclosporin supplemented by an infusion of MSCs on recovery.", 1, False),
        ("METHODS: 40 patients received an infusion of MSCs every week.", None, None),
        ("METHODS: 40 patients were treated with an infusion of MSCs, and repeated infusions followed in 12.", None, True),
        ("METHODS: 40 patients were studied; adverse events of an infusion of MSCs were recorded.", None, None),
    ],
)
def test_an_infusion_is_one_where_nothing_says_that_it_came_again(text: str, infusions: int | None, is_repeated: bool | None) -> None:
    found = study(text)
    assert (found.infusions, found.is_repeated) == (infusions, is_repeated)


def test_day_zero_is_a_value() -> None:
    assert study("METHODS: MSCs were infused on day 0 in 40 patients.").infusion_day == 0
    assert study("METHODS: MSCs were infused on day −1 in 40 patients.").infusion_day == -1
    assert study("METHODS: MSCs were infused in 40 patients.").infusion_day is None


def test_a_fact_of_the_title_has_no_span() -> None:
    found = study("METHODS: We gave MSCs to 40 patients.", title="A phase II trial of MSCs")
    (fact,) = [fact for fact in found.facts if fact.field == "phase"]
    assert (fact.origin, fact.start, fact.end, fact.text) == (Origin.TITLE, None, None, "phase II")


PAGE = (
    "A study shows that multiple infusions of mesenchymal stem cells may help after haploidentical transplantation.\n"
    "Researchers studied 80 patients and gave half of them the cells.\n"
    "To learn more about fat stem cells, click here.\n"
    "Doe et al. (2015). Phase III randomized, double-blind study of umbilical cord-derived mesenchymal stromal cells in GVHD."
    " Journal of Cells, 3(4), 12-20."
)


def test_a_citation_line_gives_facts_marked_as_such() -> None:
    found = study(PAGE)
    origins = {fact.field: fact.origin for fact in found.facts}
    assert (found.n, found.design, found.phase, found.is_repeated) == (80, Design.RCT, Phase.PHASE_3, True)
    assert (origins["n"], origins["design"], origins["phase"]) == (Origin.TEXT, Origin.CITATION, Origin.CITATION)
    assert origins["cell_source"] is Origin.CITATION


def test_a_cell_source_of_the_title_is_marked_so() -> None:
    found = study("METHODS: We gave MSCs to 40 patients.", title="Umbilical cord MSCs in GVHD")
    assert [(fact.origin, fact.text, fact.start) for fact in found.facts if fact.field == "cell_source"] == [
        (Origin.TITLE, "Umbilical cord", None)
    ]


@pytest.mark.parametrize("text", [TRIAL, PAGE])
def test_every_fact_with_a_span_equals_its_slice(text: str) -> None:
    facts = [fact for fact in study(text).facts if fact.start is not None]
    assert facts
    assert all(text[fact.start : fact.end] == fact.text for fact in facts)


def test_nothing_stated_stays_null() -> None:
    found = study("It rained.")
    assert found == Study()


WORDINGS = [
    (f"{module}.{name}", wording)
    for module in MODULES
    for name, value in sorted(vars(importlib.import_module(f"kg.extract.{module}")).items())
    for wording in (value if isinstance(value, tuple) else (value,))
    if isinstance(wording, Wording)
]


def test_there_are_wordings_to_check() -> None:
    assert len(WORDINGS) > 50


@pytest.mark.parametrize(("name", "wording"), WORDINGS)
def test_stems_never_hide_a_match(name: str, wording: Wording) -> None:
    from kg.bundled import sample_corpus

    texts = sample_corpus().read_text(encoding="utf-8").splitlines()
    hidden = [line for line in texts if wording.pattern.search(line) is not None and not wording.is_possible(line.lower())]
    assert not hidden, name
