"""What a review looks for: options or a small TOML file -> ``Criteria``. Pure; names are looked up in the vocabulary."""

import tomllib
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kg.errors import CriteriaError
from kg.model import Design, TermKind
from kg.rdf.flags import AgeGroup
from kg.vocabulary import Vocabulary

_FIELDS = ("design", "species", "population", "intervention", "language")
#: Kinds of concept that each field takes.
_KINDS = {
    "species": (TermKind.SPECIES,),
    "population": (TermKind.CONDITION, TermKind.TRANSPLANT),
    "intervention": (TermKind.CELL_TYPE, TermKind.DRUG, TermKind.PROCEDURE, TermKind.TRANSPLANT),
}


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wanted(_Strict):
    """Lists of which one value is enough; an empty list asks nothing. Concepts are vocabulary slugs; narrower ones count."""

    design: tuple[Design, ...] = ()
    species: tuple[str, ...] = ()
    #: Conditions and transplants; also "pediatric", "adult".
    population: tuple[str, ...] = ()
    intervention: tuple[str, ...] = ()
    #: ISO 639-1.
    language: tuple[str, ...] = ()

    @field_validator("design", mode="before")
    @classmethod
    def _plain(cls, value: object) -> object:
        return [each.strip().casefold().replace(" ", "_").replace("-", "_") if isinstance(each, str) else each for each in _list(value)]

    @field_validator("species", "population", "intervention", "language", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return _list(value)


class Years(_Strict):
    """Years of publication, both included; an open end asks nothing."""

    first: int | None = Field(default=None, ge=1800, le=2200)
    last: int | None = Field(default=None, ge=1800, le=2200)


class Criteria(_Strict):
    """Criteria of a review."""

    include: Wanted = Wanted()
    exclude: Wanted = Wanted()
    years: Years = Years()
    #: False leaves papers without an abstract for a person to judge.
    abstract_needed: bool = True

    @property
    def is_empty(self) -> bool:
        """True where nothing is asked."""
        return self == Criteria(abstract_needed=self.abstract_needed)


def parse_criteria(data: bytes, *, location: str, vocabulary: Vocabulary) -> Criteria:
    """The criteria of a TOML file.

    Raises:
        CriteriaError: no TOML, a field that is none, a value of the wrong kind, or a name that the vocabulary lacks; all such are named.
    """
    try:
        stated = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise CriteriaError(f"is no TOML: {exc}", location=location) from exc
    return settle_criteria(stated, location=location, vocabulary=vocabulary)


def settle_criteria(stated: object, *, location: str, vocabulary: Vocabulary) -> Criteria:
    """Criteria whose names are checked and turned into slugs.

    Raises:
        CriteriaError: as ``parse_criteria``.
    """
    try:
        criteria = Criteria.model_validate(stated)
    except ValidationError as exc:
        wrong = [f"{'.'.join(map(str, error['loc']))}: {error['msg'].lower()}" for error in exc.errors()]
        raise CriteriaError("\n  ".join(["cannot be used:", *wrong]), location=location, remedy=_REMEDY) from exc
    unknown: list[str] = []
    sides = {side: _settle(side, getattr(criteria, side), vocabulary, unknown) for side in ("include", "exclude")}
    if unknown:
        raise CriteriaError("\n  ".join(["cannot be used:", *unknown]), location=location, remedy="See kg vocabulary search")
    return criteria.model_copy(update=sides)


_REMEDY = f"Tables are include, exclude and years; fields are {', '.join(_FIELDS)}, years.first, years.last and abstract_needed"


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else [value]


def _settle(side: str, wanted: Wanted, vocabulary: Vocabulary, unknown: list[str]) -> Wanted:
    found = {}
    for field, kinds in _KINDS.items():
        slugs = []
        for name in getattr(wanted, field):
            slug = _slug(name, field, kinds, vocabulary)
            if slug is None:
                unknown.append(f"{side}.{field}: no {field} {name!r}{_near(name, kinds, vocabulary)}")
            else:
                slugs.append(slug)
        found[field] = tuple(slugs)
    return wanted.model_copy(update=found)


def _slug(name: str, field: str, kinds: Sequence[TermKind], vocabulary: Vocabulary) -> str | None:
    if field == "population" and name.casefold() in set(AgeGroup):
        return name.casefold()
    if name in vocabulary and vocabulary[name].kind in kinds:
        return name
    found = (vocabulary.find(name, kind=kind) for kind in kinds)
    return next((each.slug for each in found if each is not None), None)


def _near(name: str, kinds: Sequence[TermKind], vocabulary: Vocabulary) -> str:
    near = [each.label for each in vocabulary.search(name) if each.kind in kinds][:3]
    return f" (did you mean {', '.join(near)}?)" if near else ""
