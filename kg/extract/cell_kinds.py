"""Which cells are given, grafted or only counted, by slug; what stands below a slug in the vocabulary goes with it."""

STROMAL = "mesenchymal-stromal-cell"
#: Cells that are given as a treatment, with all that stand below them; the first that a name falls under is the generic cell.
PRODUCTS = (
    "decidua-stromal-cell",
    "msc-derived-extracellular-vesicle",
    "msc-derived-exosome",
    STROMAL,
    "multipotent-adult-progenitor-cell",
    "donor-lymphocyte",
)
#: Cells that are given only if the text says so, else measured.
SOMETIMES_GIVEN = (
    "regulatory-t-cell",
    "natural-killer-cell",
    "cytotoxic-t-cell",
    "invariant-nkt-cell",
    "nkt-cell",
    "virus-specific-t-cell",
    "car-t-cell",
    "cytokine-induced-killer-cell",
    "myeloid-derived-suppressor-cell",
    "tolerogenic-dendritic-cell",
)
GRAFTS = {"peripheral-blood-stem-cell": "peripheral blood", "hematopoietic-stem-cell": None}
#: Cells of the stromal kind that go by another name.
STROMAL_KINDS = frozenset(
    {
        "menstrual-blood-derived-stem-cell", "dental-pulp-stem-cell", "periodontal-ligament-stem-cell", "stem-cell-from-apical-papilla",
        "endometrial-mesenchymal-stromal-cell", "gingival-mesenchymal-stromal-cell",
    }
)  # fmt: skip
VESICLES = ("msc-derived-extracellular-vesicle", "msc-derived-exosome")
#: Counted to describe a graft or its recovery; not a population under study.
NEVER_MEASURED = frozenset(
    {
        "mononuclear-cell", "hematopoietic-stem-and-progenitor-cell", "leukocyte", "neutrophil", "platelet", "erythrocyte",
        "pluripotent-stem-cell", "msc-conditioned-medium", "antigen-presenting-cell", "nonhematopoietic-stem-cell", "reticulocyte",
    }
)  # fmt: skip
