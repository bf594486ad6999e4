"""Words that tell what a cell does in a study: given, grafted, changed, taken from where, given by whom."""

import re

from kg.extract.any_case import AnyCase, any_case

#: "MSC infusion raised Tregs" gives no Tregs: the verb of giving must take the cell itself.
GIVEN_BEFORE = any_case(
    r"\b(?:infus(?:e|ed(?: with)?|ions? of)|add(?:ed|ing|ition of)|co-?(?:transplanted|infused)(?: with)?|inoculum of"
    r"|(?:adoptive(?:ly)? )?transfer(?:red)?(?: of)?|receiv(?:ed?|ing)|given|administ(?:ered"
    r"|ration of)|treated with|adoptive|expanded|inject(?:ed(?: with)?|ions? of))"
    r"(?: [^\s.,;]+){0,4} ?$",
)
GIVEN_AFTER = any_case(
    r"^(?: cells?)?(?: ?/ ?kg|[- ](?:infus\w+|transfer|therap\w+|treatment|treated|injections?|administration|products?|recipients"
    r"|grafts?)\b"
    r"| (?:were|was) (?:infused|given|administered|injected|transferred))",
)
#: Denied a part, or only what others are counted against: "neither B cells", "Treg/CD4+ T cell ratio", "3% of CD4+ T cells".
NOT_INVOLVED = any_case(
    r"\b(?:neither|nor|no|not|without|independent(?:ly)? of|in the absence of)(?: [\w-]+){0,3} $|\b(?:against|(?:killing|lysis"
    r"|cytotoxicity) (?:of|to|towards?))(?: [\w-]+){0,2} $|/ ?$|\d ?% of (?:the |all |total )?$",
)
RECOVERY = any_case(r"\b(?:recover\w+|engraft\w+|reconstitut\w+) (?:of|in|for)\b.{0,100}$")
CHANGED = any_case(
    r"\b(?:doubl\w+|tripl\w+|halv\w+|drop(?:s|ped)?|grew|grow(?:s|ing|th)?|shrank|shrunk|climb\w*|surg(?:es?|ed)|soar\w*"
    r"|plummet\w*|sank|went"
    r" (?:up|down)|came down|cut|curb\w*|dampen\w*|blunt\w*|weaken\w*|boost\w*|rais\w+|lift\w*|augment\w*|deplet\w+|skew\w*"
    r"|polari[sz]\w+|shift\w*"
    r"|matur\w+|divi(?:d|s)\w*|acquir\w+|lost|los(?:s|es)|gain\w*|plentiful|scarce\w*|abundan\w+|rare\w*|accumulat\w+|apoptosis"
    r"|apoptotic|peak\w*"
    r"|\w+fold|engulf\w*|respond\w*|releas\w+|express\w*|increas\w+|decreas\w+|reduc\w+|rose|ris(?:e|es|ing)|fell|fall|fewer"
    r"|more|less|higher|lower|enhanc\w+|suppress\w+|inhibit\w+"
    r"|proliferat\w+|expan(?:d|sion)\w*"
    r"|activat\w+|restrain\w+|induc\w+|promot\w+|produc\w+|made|secret\w+|grow back|rid of|ratio|proportion|percentage|frequenc\w+"
    r"|numbers?|counts?|levels?|recover\w+|content|dose|persist\w*|detect\w+"
    r"|preserv\w+|maintain\w+|restor\w+|impair\w+|alter\w+|unaffected|chang\w+|kill\w+|elevat\w+|declin\w+|diminish\w+|differentiat\w+"
    r"|cytotox\w+|function\w*)\b",
)
GROWN_FROM = any_case(
    r"\b(?:grown|derived|isolated|obtained|expanded|prepared|harvested|cultured|collected|generated|manufactured|sourced|made|produced"
    r"|cultivated|propagated|raised|established|came|taken|aspirated|originat\w+) (?:\w+ ){0,2}?(?:from|out of)\b",
)
#: The tissue stands in front: "marrow of volunteers served as the source", "marrow was aspirated, and MSCs were expanded".
GROWN_OF = any_case(
    r"\b(?:served as|was|were|provided|furnished|yielded) (?:the|a|their) (?:\w+ )?sources?\b"
    r"|\b(?:was|were) (?:aspirated|harvested|collected|obtained|donated|taken|sampled|biopsied)\b[^.]{0,100}\b(?:cells"
    r"|MSCs?)\b[^.;]{0,40}\b(?:expanded|cultured|grown"
    r"|isolated|propagated)\b"
    r"|\b(?:furnished|yielded|provided) (?:\w+ ){0,2}?(?:MSCs?|stromal cells)\b",
)
#: The tissue stands behind: "the source of the MSCs was bone marrow".
SOURCE_WAS = any_case(r"\bsource of (?:the |these |all )?(?:\w+ )?(?:cells|MSCs?) (?:was|were|is)\b")
DONORS: tuple[tuple[str, AnyCase], ...] = (
    ("third-party", any_case(r"\b(?:third|3rd)[- ]party\b")),
    ("HLA-identical", any_case(r"\bHLA[- ](?:identical|matched)\b")),
    ("haploidentical", any_case(r"\bhaplo-?(?:identical)?\b")),
    ("autologous", any_case(r"\bautologous\b")),
    ("allogeneic", any_case(r"\ballogen(?:e)?ic\b")),
)
GRAFT = any_case(
    r"\b(?:graft(?:s|ed)?(?![- ]versus)|co-?transplant\w+|infus\w+|combined with|receiv\w+|transplanted|(?:was|were|been) given"
    r"|conditioning|mobili[sz]ed"
    r"|stem[- ]cell (?:product|source|inoculum|boost)s?|inocul\w+|alongside)\b"
)
DONOR_OF = any_case(r"^s? donors?\b")
PERIPHERAL = any_case(r"peripheral blood|PBSC")
#: Tissues that cells are taken from, longer names first; a part of an organ counts as the organ.
SOURCES: dict[str, AnyCase] = {
    name: any_case(pattern)
    for name, pattern in (
        ("umbilical cord blood", r"cord blood|\bh?UCB\b|\bCB\b"),
        ("umbilical cord", r"umbilical cord(?! blood)|\bh?UC\b|Wharton|\bh?WJ\b|(?<!spinal )\bcord\b(?!.{0,5}blood)"),
        ("bone marrow", r"\bmarrow\b|\bBM\b"),
        ("adipose tissue", r"adipose|lipoaspirate|\bfat\b"),
        ("decidua", r"decidua"),
        ("placenta", r"placenta|amnion|amniotic membrane|chorion"),
        ("amniotic fluid", r"amniotic fluid"),
        ("menstrual blood", r"menstrual"),
        ("fetal liver", r"f(?:o)?etal liver"),
        ("dental pulp", r"dental pulp"),
        ("peripheral blood", r"peripheral blood"),
        ("induced pluripotent stem cell", r"induced pluripotent|\biPSC?s?\b"),
    )
}
#: "MSCs of a third-party donor", "MSCs from bone marrow of third-party donors".
THIRD_PARTY_DONOR = any_case(r"(?: \([^)]*\))? (?:of|from)(?: [\w-]+){0,5}? (?:third|3rd)[- ]party\b")
#: Told in the title where there is one.
POOLED = any_case(r"\bmeta-? ?analysis\b|\bsystematic review\b")
#: What parts a donor's adjective from a cell that it does not belong to: "haploidentical stem cells and MSCs".
PARTED = re.compile(r"[.,;()]|\b(?:and|with|plus|or|versus|vs|HSCs?|HSCT|transplant\w*|grafts?|recipients?|after|in)\b", re.IGNORECASE)
#: What stands between members of a list.
JOINED = any_case(r"(?: matrix| tissue)?(?: \([^()]{1,12}\))?(?:,|,? ?(?:and|or|versus|vs\.?|compared with|/|&))? ?(?:the |human )?")
#: Cells that only made what is given: "exosomes of MSCs", "vesicles isolated from adipose MSCs".
MADE_BY = any_case(
    r"\b(?:exosomes?|vesicles?|EVs?|supernatants?|medium|media|secretome|lysates?|them)\b[^.;]{0,60}?\b(?:of|from|by) (?:[^\s.;]+ ){0,5}$",
)
#: Takes up cells named before, without their name.
CELLS_AGAIN = any_case(
    r"\b(?:(?:the|these|those|whose|such|both|infused|donor-derived|administered) cells|cells (?:were|was) (?:infused|given|injected)"
    r"|infusions?|cell dose)\b",
)
#: A transplant or a procedure that gives cells by its name.
STROMAL = any_case(r"mesenchymal|\w*MSCs?\b")
MARROW_GRAFT = any_case(
    r"\b(?:grafts?(?: source)? (?:(?:was|were) |\()|(?:received|given|transplanted with|infused with) )(?:G-CSF[- ]primed "
    r"|unmanipulated |donor "
    r"|fresh |the )?(?P<tissue>bone marrow)\b(?![- ](?:derived|transplant\w*|MSCs?|mesenchymal|stromal|mononuclear))"
)
ANIMALS = any_case(r"\b(?:mice|mouse|murine|rats?|animals?|dogs|canine)\b")
#: A drug that only accompanies what is studied: "haploidentical transplantation with cyclophosphamide".
ALONG = any_case(r"\b(?:with|using|after|under|based on) (?:[\w-]+ ){0,2}$")
#: "Which differ from |", "more suppressive than other |": ahead of cells that those under study are only likened to.
LIKENED_TO = any_case(
    r"\b(?:differ\w* (?:\w+ )?from|unlike|in contrast to|(?:distinct|different) from|(?:more|less) (?:\w+ly )?\w+ than(?: are)?"
    r"|(?:stronger|weaker|better|easier|richer) \w+ than|other (?:sources|kinds|types) of)(?: (?:the|those of|other|[\w-]+))? ?$"
)
#: "Cord blood |grafts|": the tissue of the graft, not of the cells given with it.
OF_GRAFT = any_case(r"[- ](?:stem[- ]cell )?(?:grafts?|transplant\w*|units?|recipients?|allografts?|graft(?:ed|ing)|HSCT|HCT)\b")
