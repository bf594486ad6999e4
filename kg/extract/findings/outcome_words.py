"""Subjects and verbs that ``outcome_verbs`` puts together, and what must stand before them.

Pattern strings name one class each; compiled patterns are looked for in what the sentence says before.
"""

from kg.extract.any_case import any_case
from kg.extract.numbers.numerals import WORD_NUMBER

#: Which disease it is: the one that people were transplanted for.
_FIRST = r"(?:underlying|original|primary|initial|ha?ematologic(?:al)?|malignant)"
_LINEAGE = r"(?:acute|chronic|myeloid|lymphoid|lympho(?:blastic|cytic)|myelogenous|blood|[BT][- ]cell)"
#: Cancers for which people are transplanted; the plain "disease" is as often GVHD.
MALIGNANCY = (
    rf"(?:(?:(?:{_FIRST}|{_LINEAGE}) )*(?:leuka?emia|lymphoma|myeloma|malignanc(?:y|ie)|neoplasm|cancer|blast|myelofibrosi|AML|CML|MDS"
    rf"|myelodysplas(?:ia|tic syndrome))s?|(?:{_FIRST} )+(?:disease|disorder|condition)s?)"
)
#: "Relapse of |the primary disease|": one event, however it is called.
RECURRENCE = (
    r"(?:(?:(?:cumulative )?incidences?|rates?|risks?|probabilit(?:y|ies)|frequency|cases?|hazard) of )?(?:progression (?:or|and) )?"
    r"(?:relapses?|recurrences?|return|reappearance|regrowth|resurgence|re-?emergence|come-?back)"
    r"(?:(?:,? (?:or|and) |/)(?:relapse|progression|recurrence))? of (?:the |their |his |her |its |an? )?"
)
RELAPSE = rf"(?:relapse|recurrence|progression|disease|{MALIGNANCY})"
BACK = (
    r"(?:, (?:however|though|too|moreover|by contrast|in contrast|on the other hand),)? (?:had |has |have )?(?:came back|come back"
    r"|returned|recurred|relapsed|reappeared|grew back)"
)
VIRUS = (
    r"(?:virus(?:es)?|cytomegalovirus|CMV|Epstein[-–]Barr virus|EBV|adenovirus|(?:BK|JC) (?:poly\w*)?virus|polyomavirus"
    r"|human herpes ?virus 6|HHV-?6"
    r"|(?:varicella|herpes) zoster(?: virus)?|hepatitis B virus|toxoplasm\w+)"
)
STEROID = (
    r"(?:(?:cortico|gluco\w*)?steroids?|(?:methyl)?predniso(?:lo)?ne|immunosuppress\w+|c[iy]closporine?|tacrolimus|mycophenolate"
    r"|calcineurin inhibitors?|ruxolitinib)"
)
STOPPED = (
    r"(?:withdrawn|stopped|discontinued|tapered|reduced|halved|weaned|lowered|cut(?: back| down)?|dropped|spared|suspended|phased out"
    r"|dispensed with)"
)
BLOOD = (
    r"(?:(?:blood |peripheral (?:blood )?)?counts|all (?:three )?(?:cell )?(?:lines|lineages)|ha?ematopoiesis|blood (?:formation|cells)"
    r"|marrow function)"
)
REGAINED = (
    r"(?:had |has |have )?(?:been )?(?:came back|come back|returned|recovered|reappeared|restored|regained|reconstituted|normali[sz]ed"
    r"|re-?established)"
)
#: "Neutrophils |were slower to| come back".
LATE_TO = r"(?:was|were|proved) (?:\w+ )?(?:slow(?:er)?|fast(?:er)?|quick(?:er)?|late(?:r)?|early|earlier|sooner|prompt|more prompt) to"
#: What overcame the disease as a whole.
DISEASE = r"(?:(?:the |their )?(?:disease|[ac]?GVHD|graft[- ]versus[- ]host disease|manifestations))"
GONE = (
    r"(?:had |has |have )?(?:disappeared|vanished|resolved|cleared(?: up)?|remitted|went away|gone away)"
    r"(?: (?:entirely|completely|altogether|fully|for good))?"
)
COMPLAINT = (
    r"(?:bleeding|ha?ematuria|diarrh\w+|pain|symptoms?|ulcers?|(?:skin )?lesions?|rash(?:es)?|jaundice|complaints?|itch(?:ing)?|dysuria"
    r"|wounds?|fistulas?|skin(?: (?:disease|changes|lesions))?|(?:liver|gut|lung|oral|eye|ocular|joint) (?:disease|lesions?|symptoms?))"
)
EASED = (
    r"(?:had |has |have )?(?:stopped|ceased|resolved|healed|closed|disappeared|vanished|subsided|cleared(?: up)?|eased|abated|regressed"
    r"|improved|lessened|receded|faded|softened|settled|let up|dried up|remitted|got better|went away)"
)
#: Whoever did something: a number, a share or people, before the verb.
WHO = (
    rf"(?:(?<!day )(?<!week )(?<!month )(?<!year )(?<!grade )\d[\d.]*%?|{WORD_NUMBER}|half|thirds?|quarters?|fifths?"
    rf"|all|most|many|some|none|nobody|everyone|both|majority|minority"
    rf"|others?|rest"
    r"|patients?|child(?:ren)?|adults?|recipients?|participants?|mice|animals|mouse|patient|cases|them|those|who|whom|these|they|group|arm"
    r"|cohort|one)"
)
AUX = r"(?:had|have|has|did|were|was|also|then|later|eventually|finally|soon|not|still|clearly|thus|so|at least|in all)"
PERSONS_BEFORE = any_case(rf"\b{WHO}(?: \([^)]*\))?(?: {AUX}| \w+ly)* $")
RESPONDED_BEFORE = any_case(
    rf"\b(?:respon\w+|remission|resol\w+|improv\w+|cleared)\b.*\b{WHO}(?: \([^)]*\))?(?: (?:did so|so|had|were"
    rf"|was))? $"
)
RESPONSE_NOUN_BEFORE = any_case(r"\b(?:respon[ds]\w*|remissions?)\b")
COUNTED = rf"(?:(?:another|a further|only|just) )?(?:\d|{WORD_NUMBER})"
#: "FEV1 rose in two, |was stable| in three": one subject, several courses, each with its count.
PART_OF_SERIES = any_case(
    rf"\b(?:rose|improved|fell|worsened|increased|decreased|declined|resolved|complete|partial|mild|moderate|severe|stable|was"
    rf"|were)\b[^.;]*"
    rf"(?:{COUNTED}).*(?:,|\band) $|\b(?:was|were) $"
)
GVHD_BEFORE = any_case(r"\b[ac]?G[Vv]HD\b|graft[- ]versus[- ]host|\bdisease\b")
GONE_BEFORE = any_case(rf"{DISEASE} {GONE}.*\band $")
HARM_BEFORE = any_case(r"\b(?:no|any|without|caused|provoked|an? (?:acute|allergic|severe|immediate)|one|two|three|\d+)(?: \w+)? $")
#: "Patients |whose| GVHD resolved": a group by its course.
WHOSE_BEFORE = any_case(r"\b(?:whose|in whom)(?: the)? $")
TAPERED_BEFORE = any_case(rf"\b{STEROID}\b.*\band $")
NEED_BEFORE = any_case(
    r"\b(?:needed|required?|requiring|needing|in need of|dependent on|free (?:of|from)|independen(?:t|ce) (?:of|from))"
    r"(?: (?:no|more|fewer|less|further|another|any|the|a|an|additional|\w+er)){0,3} $"
)
