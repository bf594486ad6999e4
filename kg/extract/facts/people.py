"""Whom a study is about: species and age group.

In: material. Out: values with where they stand. A clinical study is human without saying so; cells studied in vitro are of the
species that the text gives them, and of none where it gives none.
"""

from collections import Counter
from collections.abc import Iterator

from kg.extract.any_case import any_case
from kg.extract.facts.material import OWN, Hit, Material
from kg.extract.facts.wording import wording
from kg.model import Fact, SectionLabel

_PATIENTS = wording(
    "patient|participant|child|adult|subject|volunteer|infant|adolescent|women|clinical|cohort|people|individual|men|person"
    "|boys|girls|sisters"
    "|brothers",
    r"\b(?:patients?|participants?|children|adults|subjects|volunteers|infants|adolescents|women|boys|girls|sisters|brothers"
    r"|persons|clinical(?:ly)? (?:trials?|stud(?:y|ies)"
    r"|outcomes?)|cohort|people|individuals|men)\b",
)
_ANIMALS = {
    "mouse": wording("mice|mouse|murine|balb|c57|nsg|nod", r"\b(?:mice|mouse|murine|BALB/?c|C57\w*(?:/6J?)?|NSG|NOD)\b"),
    "rat": wording("rat", r"\b(?:rats?|Sprague[- ]Dawley)\b"),
    "rabbit": wording("rabbit", r"\brabbits?\b"),
    "dog": wording("dog|canine|beagle", r"\b(?:dogs?|canine|beagles?)\b"),
    "cat": wording("cat|feline", r"\b(?:cats?|feline)\b"),
    "pig": wording("pig|swine|porcine", r"\b(?:(?:mini)?pigs?|piglets?|swine|porcine)\b"),
    "sheep": wording("sheep|ovine", r"\b(?:sheep|ovine)\b"),
    "horse": wording("horse|equine|pony|ponies", r"\b(?:horses?|equine|pony|ponies)\b"),
    "non-human primate": wording("monkey|macaque|baboon|primate", r"\b(?:monkeys?|macaques?|baboons?|non-?human primates?)\b"),
}
_SOME_ANIMAL = wording(
    "animal|clinical|rodent",
    r"\b(?:animals?|preclinical|pre-clinical|rodents?)\b",
)
#: Products named after an animal say nothing of who was studied.
_PRODUCT = any_case(
    r"\b(?:rabbit|horse|equine|mouse|murine|rat|porcine|goat|bovine)[- ](?:anti|ATG|ATLG|antithymocyte|serum|monoclonal|derived)",
)
_HUMAN = wording(
    "human|msc|uc|bm",
    r"\b(?:[Hh]umans?|hu?MSCs?|hUC\w*|hBM\w*)\b",
    heeds_case=True,
)
_CHILDREN = wording(
    "child|pediatric|infant|adolescen|neonat|juvenile|aediatric",
    r"\b(?:child(?:ren|hood)?|p(?:a)?ediatrics?|infants?|adolescents?|neonat\w+|juvenile)\b",
)
_ADULTS = wording(
    "adult|18",
    r"\badults?\b(?! (?:stem|progenitor))|\b(?:≥ ?18|18 years (?:of age )?(?:or|and) older)",
)


def count_animals(material: Material) -> Counter[str]:
    """Mentions of each species of animal in the title and the study's own sentences."""
    mentions: Counter[str] = Counter()
    for species, pattern in _ANIMALS.items():
        hits = [*material.in_sentences(pattern), *material.in_title(pattern)]
        mentions[species] = sum(_PRODUCT.match(hit.match.string, hit.match.start()) is None for hit in hits)
    return +mentions


def count_patients(material: Material) -> int:
    """Mentions of patients and the like in the title and the study's own sentences."""
    return sum(1 for _ in material.in_sentences(_PATIENTS)) + sum(1 for _ in material.in_title(_PATIENTS))


def find_animals(material: Material) -> Iterator[Hit]:
    """Animals of any species, else animals without a species, in text and title."""
    for pattern in (*_ANIMALS.values(), _SOME_ANIMAL):
        hit = material.first(pattern)
        if hit is not None:
            yield hit


def is_about_animals(material: Material) -> bool:
    """True when animals are studied and patients are not."""
    animals = sum(count_animals(material).values())
    some = next(material.in_title(_SOME_ANIMAL), None) is not None
    return some or animals > count_patients(material)


def find_species(material: Material, *, is_clinical: bool) -> tuple[str | None, tuple[Fact, ...]]:
    """The species with its fact; ``is_clinical`` is true for designs that study people."""
    animals = count_animals(material)
    if is_clinical and not is_about_animals(material):
        hit = material.first(_PATIENTS) or material.first(_PATIENTS, roles=frozenset(SectionLabel))
        return "human", () if hit is None else (hit.fact("species", "people-studied"),)
    if animals:
        species = animals.most_common(1)[0][0]
        hit = material.first(_ANIMALS[species])
        return species, () if hit is None else (hit.fact("species", "animal-named"),)
    hit = material.first(_SOME_ANIMAL)
    if hit is not None and is_about_animals(material):
        return "mixed animals", (hit.fact("species", "animals-unnamed"),)
    hit = next(material.in_title(_HUMAN), None) or material.first(_HUMAN, roles=OWN | {SectionLabel.BACKGROUND})
    # cells of patients and volunteers are human, whoever else is not named
    hit = hit or material.first(_PATIENTS)
    return (None, ()) if hit is None else ("human", (hit.fact("species", "human-cells"),))


def find_age_group(material: Material) -> tuple[str | None, tuple[Fact, ...]]:
    """Pediatric, adult or mixed, by the title where it names one age, else by the study's own sentences."""
    ages = {"pediatric": _CHILDREN, "adult": _ADULTS}
    titled = {age: hit for age, pattern in ages.items() if (hit := next(material.in_title(pattern), None)) is not None}
    found = titled if len(titled) == 1 else {age: hit for age, pattern in ages.items() if (hit := material.first(pattern)) is not None}
    age = "mixed" if len(found) == 2 else next(iter(found), None)
    return age, tuple(hit.fact("age_group", "age-word") for hit in found.values())
