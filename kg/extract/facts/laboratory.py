"""What is studied where people are not: animals, and cells in a dish.

In: material with what is known of the people in it. Out: the words that tell. Animals and patients may only have lent their cells
("organoids of C57BL/6 mice", "blood of twelve volunteers"), and animals may be patients themselves, those of their owners.
"""

from kg.extract.facts.material import Hit, Material
from kg.extract.facts.people import find_animals
from kg.extract.facts.wording import wording
from kg.model import SectionLabel

_ALL = frozenset(SectionLabel)


def animals_studied(material: Material, *, patients: int, is_about_animals: bool, is_clinical: bool) -> Hit | None:
    """The words that say that animals were studied; ``patients`` are mentions of people."""
    if is_about_animals:
        is_other = _only_lend_cells(material) or animals_are_patients(material)
        return None if is_other else next(find_animals(material), None)
    if is_clinical:
        return None
    # recipients that are no patients: "delivered into the spleen", "in vivo"
    in_vivo = {hit.match.group().lower(): hit for hit in material.in_sentences(_IN_VIVO, roles=_ALL)}
    return next(iter(in_vivo.values())) if patients == 0 and len(in_vivo) > 1 else None


def cells_studied(material: Material, *, patients: int, has_people: bool, is_lending: bool) -> Hit | None:
    """The words that say that only cells were; ``is_lending`` tells that the people counted gave theirs."""
    titled, hit = next(material.in_title(_IN_VITRO), None), next(material.in_sentences(_IN_VITRO), None)
    cultured = next(material.in_sentences(_CULTURED), None)
    if has_people:
        # patients may lend their cells or serum; whoever is treated is more than a lender
        return cultured if is_lending else None
    is_lent = patients <= 1 or (titled is not None and cultured is not None)
    return (hit or titled) if is_lent else None


def animals_are_patients(material: Material) -> bool:
    """True for animals of owners, and for those enrolled with a disease of their own."""
    return material.first(_PATIENTS_OF_VETS) is not None


def _only_lend_cells(material: Material) -> bool:
    """True when cells are cultured and no animal is more than where they came from: "organoids of C57BL/6 mice"."""
    cultured = next(material.in_sentences(_CULTURED), None) or next(material.in_title(_CULTURED), None)
    whole = next(material.in_sentences(_WHOLE_ANIMALS), None) or next(material.in_title(_WHOLE_ANIMALS), None)
    return cultured is not None and whole is None


#: Animals that are patients: those of owners, those enrolled with a disease of their own.
_PATIENTS_OF_VETS = wording(
    "cat|dog|horse|pon|canine|feline|equine|owner|veterin",
    r"\b(?:(?:client|privately)[- ]owned|owners?|veterinary (?:patients|clinics?|hospitals?)|(?:cats|dogs|horses"
    r"|ponies)\b[^.;]{0,120}?\b(?:enrolled"
    r"|recruited|presented|referred|naturally|spontaneous\w*)|(?:naturally occurring|spontaneous) [^.;]{0,60}(?:cats|dogs|horses))\b",
)
_WHOLE_ANIMALS = wording(
    "vivo|model|inject|infus|graft|transplant|mice|rats|animals|rabbits|dogs|pigs|swine|monkeys|macaques|hosts|recipients|irradiat|xeno",
    r"\b(?:in vivo|(?:mouse|murine|rat|animal|rodent|canine|pig|primate|xeno\w*|humani[sz]ed) (?:[\w-]+ ){0,3}models?|models? of|inject\w+"
    r"|infus\w+|(?:en)?graft(?:ed|ing|s)?|transplant\w*|xeno\w+|hosts|recipients)\b"
    r"|(?<!of )(?<!from )\b(?<!of [A-Z]\w\w )(?:the |these |those |all |treated |control |diseased |affected )?(?:mice|rats"
    r"|animals|rabbits|dogs|pigs"
    r"|swine|monkeys|macaques|cats|horses|ponies)(?= (?:were|was|had|that|which|given|received|died|survived|treated|developed"
    r"|showed|with))",
)
_IN_VIVO = wording(
    "vivo|administered|injected|delivered|placed|infused|recipients|spleen",
    r"\bin vivo\b|\b(?:administered|injected|delivered|placed|infused) (?:systemically|intravenously|intraperitoneally"
    r"|(?:straight )?into)\b|\brecipients\b|\b(?:cells|MSCs|MAPCs) (?:that were )?(?:administered|injected|infused)\b|\bspleen\b",
)


_IN_VITRO = wording(
    "vitro|cultur|elis|lymphocyte|transwell|cytometr|assay|lines|line|isolated|supernatant|expression|pcr|blot|presence|stimul|incubat"
    "|expos",
    r"\b(?:in vitro|co-?cultur\w+|cultured?|ELISPOT|ELISA|mixed lymphocyte|transwell|flow cytometr\w+|assays?|cell lines?|isolated"
    r"|supernatants?|gene expression|qPCR|RT-PCR|Western blot|in the (?:presence|absence) (?:or absence )?of|(?:was|were) (?:stimulated"
    r"|incubated|exposed))\b",
)
_CULTURED = wording(
    "educated|hours| h|laid|layered|vitro|ex vivo|cultur|lymphocyte|transwell|stimul|incubat|expos|organoid|monolayer"
    "|supernatant|secretome|conditioned|passage|licensed"
    "|primed|seeded|plated",
    r"\b(?:in vitro|ex vivo|co-?cultur\w+|cultured?|mixed lymphocyte|transwell|organoids?|monolayers?|supernatants?|secretome"
    r"|conditioned medi(?:um|a)|\w+-educated|(?:for|over|after) \d+ ?(?:h|hours)\b|laid (?:under|over|on)|layered|passages?"
    r"|(?:was|were) (?:stimulated|incubated|exposed|licensed|primed|seeded|plated))\b",
)
