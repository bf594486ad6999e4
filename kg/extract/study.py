"""What a paper says of its study, each fact with where it stands.

In: a paper with its sentences, roles, terms, cells and numbers. Out: a ``Study``. Facts of the title carry the origin ``title`` and no
span, those of a citation line at the end of a page the origin ``citation``; what nothing states stays null.
"""

from collections.abc import Sequence

from kg.extract.facts.cell_source import find_cell_sources
from kg.extract.facts.conduct import find_conduct
from kg.extract.facts.design import find_design
from kg.extract.facts.giving import find_giving
from kg.extract.facts.intent import find_intent
from kg.extract.facts.material import Material, gather
from kg.extract.facts.participants import find_participants
from kg.extract.facts.people import find_age_group, find_species
from kg.extract.facts.people_counts import count_people
from kg.extract.facts.prior_lines import find_prior_lines
from kg.extract.facts.setting import find_setting
from kg.extract.numbers.reader import Numbers
from kg.model import Cell, Design, Paper, SectionLabel, Span, Study, Term
from kg.vocabulary import Vocabulary

_NOT_CLINICAL = frozenset({Design.IN_VITRO, Design.IN_VIVO_PRECLINICAL})


def find_study(
    paper: Paper,
    sentences: Sequence[Span],
    roles: Sequence[SectionLabel],
    *,
    terms: Sequence[Term],
    title_terms: Sequence[Term],
    cells: Sequence[Cell],
    numbers: Numbers,
    vocabulary: Vocabulary,
) -> Study:
    """The study of one paper; ``roles`` has one label per sentence, ``title_terms`` are terms of ``paper.title``."""
    material = gather(paper, sentences, roles, terms=terms, title_terms=title_terms, cells=cells, numbers=numbers)
    return read_study(material, vocabulary=vocabulary)


def read_study(material: Material, *, vocabulary: Vocabulary) -> Study:
    """All facts of the material."""
    counts = count_people(material)
    counted = find_participants(material, counts, design=None, species=None)
    design, design_facts = find_design(material, count=counted.n, is_lending=counted.is_lending)
    species, species_facts = find_species(material, is_clinical=design is not None and design not in _NOT_CLINICAL)
    people = find_participants(material, counts, design=design, species=species)
    intent, intent_facts = find_intent(material, design=design)
    age_group, age_facts = find_age_group(material)
    conduct = find_conduct(material, design=design)
    giving = find_giving(material)
    setting = find_setting(material, vocabulary=vocabulary)
    prior_lines, line_facts = find_prior_lines(material)
    return Study(
        design=design,
        n=people.n,
        n_enrolled=people.n_enrolled,
        n_planned=people.n_planned,
        n_arms=people.n_arms,
        n_studies=people.n_studies,
        species=species,
        intent=intent,
        phase=conduct.phase,
        registrations=conduct.registrations,
        is_randomized=conduct.is_randomized,
        is_multicenter=conduct.is_multicenter,
        blinding=conduct.blinding,
        n_centers=conduct.n_centers,
        age_group=age_group,
        conditions=setting.conditions,
        transplants=setting.transplants,
        doses=giving.doses,
        infusions=giving.infusions,
        is_repeated=giving.is_repeated,
        schedule=giving.schedule,
        route=giving.route,
        infusion_day=giving.infusion_day,
        follow_up=giving.follow_up,
        primary_outcome=setting.primary_outcome,
        is_steroid_refractory=setting.is_steroid_refractory,
        prior_lines=prior_lines,
        facts=(
            *design_facts,
            *people.facts,
            *species_facts,
            *intent_facts,
            *age_facts,
            *conduct.facts,
            *giving.facts,
            *setting.facts,
            *line_facts,
            *find_cell_sources(material),
        ),
    )
