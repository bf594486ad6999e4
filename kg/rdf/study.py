"""The study: design, participants, arms, cells, doses, and where each fact was read."""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.model import Arm, Cell, Dose, Fact, Study
from kg.rdf.bibliography import registration_node, registration_triples
from kg.rdf.flags import Allocation, ArmRole, Centers, InfusionRepetition, SteroidResponse, chosen
from kg.rdf.reading import Name, Reading, name_of
from kg.rdf.terms import LABEL, A, Values, about, closed, concepts, double, duration, integer, term, text


def study_triples(reading: Reading, run: NamedNode) -> Iterator[Triple]:
    """All that the paper says of its study."""
    study, extraction = reading.extraction.study, reading.extraction
    species = None if study.species is None else name_of("species", study.species, reading.vocabulary)
    yield from about(
        reading.study_node,
        {
            A: term("gg:Study"),
            term("gg:paper"): reading.paper_node,
            term("prov:wasGeneratedBy"): run,
            term("gg:species"): None if species is None else species.node,
            **_design(study),
            **_participants(study),
            **_intervention(study),
            term("gg:hasRegistration"): [registration_node(reading, number) for number in study.registrations],
            term("gg:hasArm"): [reading.node("arm", arm.number) for arm in extraction.arms],
            term("gg:hasCell"): [reading.node("cell", number) for number, _ in enumerate(extraction.cells, 1)],
            term("gg:hasDose"): [reading.node("dose", number) for number, _ in enumerate(study.doses, 1)],
            term("gg:hasFact"): [reading.node("fact", number) for number, _ in enumerate(study.facts, 1)],
        },
    )
    if species is not None:
        yield from species.triples()
    for registration in study.registrations:
        yield from registration_triples(reading, registration)
    for arm in extraction.arms:
        yield from _arm(reading, arm)
    for number, cell in enumerate(extraction.cells, 1):
        yield from _cell(reading, number, cell)
    for number, dose in enumerate(study.doses, 1):
        yield from _dose(reading, number, dose)
    for number, fact in enumerate(study.facts, 1):
        yield from _fact(reading, number, fact)


def _design(study: Study) -> dict[NamedNode, Values]:
    return {
        term("gg:design"): closed(study.design, "design"),
        term("gg:intent"): closed(study.intent, "intent"),
        term("gg:phase"): closed(study.phase, "phase"),
        term("gg:blinding"): closed(study.blinding, "blinding"),
        term("gg:allocation"): closed(chosen(study.is_randomized, Allocation.RANDOMIZED, Allocation.NOT_RANDOMIZED), "allocation"),
        term("gg:centers"): closed(chosen(study.is_multicenter, Centers.MULTICENTER, Centers.SINGLE_CENTER), "centers"),
        term("gg:centerCount"): integer(study.n_centers),
        term("gg:primaryOutcome"): text(study.primary_outcome),
        term("gg:followUp"): duration(study.follow_up),
    }


def _participants(study: Study) -> dict[NamedNode, Values]:
    steroids = chosen(study.is_steroid_refractory, SteroidResponse.REFRACTORY, SteroidResponse.NOT_REFRACTORY)
    return {
        term("gg:participantCount"): integer(study.n),
        term("gg:enrolledCount"): integer(study.n_enrolled),
        term("gg:plannedCount"): integer(study.n_planned),
        term("gg:interventionCount"): None if study.n_arms is None else integer(study.n_arms.intervention),
        term("gg:comparatorCount"): None if study.n_arms is None else integer(study.n_arms.comparator),
        term("gg:studyCount"): integer(study.n_studies),
        term("gg:ageGroup"): closed(study.age_group, "age_group"),
        term("gg:condition"): concepts(study.conditions),
        term("gg:transplant"): concepts(study.transplants),
        term("gg:steroidResponse"): closed(steroids, "steroid_response"),
        term("gg:priorLines"): integer(study.prior_lines),
    }


def _intervention(study: Study) -> dict[NamedNode, Values]:
    repetition = chosen(study.is_repeated, InfusionRepetition.REPEATED, InfusionRepetition.SINGLE)
    return {
        term("gg:infusionCount"): integer(study.infusions),
        term("gg:infusionRepetition"): closed(repetition, "infusion_repetition"),
        term("gg:schedule"): text(study.schedule),
        term("gg:route"): text(study.route),
        term("gg:infusionDay"): integer(study.infusion_day),
    }


def _arm(reading: Reading, arm: Arm) -> Iterator[Triple]:
    yield from about(
        reading.node("arm", arm.number),
        {
            A: term("gg:Arm"),
            term("gg:armNumber"): integer(arm.number),
            LABEL: text(arm.label),
            term("gg:armRole"): closed(chosen(arm.is_control, ArmRole.CONTROL, ArmRole.ACTIVE), "arm_role"),
            term("gg:armCount"): integer(arm.n),
            term("gg:given"): concepts(arm.concepts),
            term("gg:span"): [node for each in arm.mentions if (node := reading.span_node(each.start, each.end))],
        },
    )
    for mention in arm.mentions:
        yield from reading.span_triples(mention.start, mention.end, mention.text)


def _cell(reading: Reading, number: int, cell: Cell) -> Iterator[Triple]:
    """The cell as named; a concept that the extraction settled wins over the label's."""
    kind = (
        Name("cell_type", cell.cell, cell.cell, cell.concept)
        if cell.concept is not None
        else name_of("cell_type", cell.cell, reading.vocabulary)
    )
    source = None if cell.source is None else name_of("tissue_source", cell.source, reading.vocabulary)
    yield from about(
        reading.node("cell", number),
        {
            A: term("gg:StudyCell"),
            LABEL: text(cell.cell),
            term("gg:cell"): kind.node,
            term("gg:cellSource"): None if source is None else source.node,
            term("gg:cellDonor"): text(cell.donor),
            term("gg:cellRole"): closed(cell.role, "cell_role"),
            term("gg:span"): reading.span_node(cell.start, cell.end),
        },
    )
    yield from kind.triples()
    if source is not None:
        yield from source.triples()
    yield from reading.span_triples(cell.start, cell.end)


def _dose(reading: Reading, number: int, dose: Dose) -> Iterator[Triple]:
    yield from about(
        reading.node("dose", number),
        {
            A: term("gg:Dose"),
            term("gg:printed"): text(dose.text),
            term("gg:value"): double(dose.value),
            term("gg:unit"): text(dose.unit),
            term("gg:cellsPerKg"): double(dose.cells_per_kg),
            term("gg:cellsPerKgHigh"): double(dose.cells_per_kg_high),
            term("gg:span"): reading.span_node(dose.start, dose.end),
        },
    )
    yield from reading.span_triples(dose.start, dose.end)


def _fact(reading: Reading, number: int, fact: Fact) -> Iterator[Triple]:
    yield from about(
        reading.node("fact", number),
        {
            A: term("gg:StudyFact"),
            term("gg:field"): text(fact.field),
            term("gg:origin"): closed(fact.origin, "origin"),
            term("gg:printed"): text(fact.text),
            term("gg:rule"): text(fact.rule),
            term("gg:span"): reading.span_node(fact.start, fact.end),
        },
    )
    yield from reading.span_triples(fact.start, fact.end)
