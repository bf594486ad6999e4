"""Words by which a sentence names an arm: control words, the study group, "without it", lettered groups, negation."""

import re

from kg.extract.any_case import any_case

INTERVENTION, CONTROL = 1, 2

CONTROL_GROUP = any_case(
    r"(?:(?:historical|matched|concurrent|untreated|healthy|negative|non-\w+|no-\w+|placebo|the|all) )*"
    r"(?:comparator (?:arm|group|patients|recipients)|controls?(?: (?:group|arm|cohort|patients|mice|animals|recipients"
    r"|subjects|regimen|treatment))?(?!led)"
    r"|placebo(?:-treated)?(?: (?:group|arm|recipients|patients))?|saline(?: (?:infusions?|group|arm))?|PBS|vehicle"
    r"|untreated (?:patients|group|mice|animals|recipients)|the untreated(?= ?[.,;()]| and\b| than\b|$)|no (?:treatment"
    r"|prophylaxis)|best available (?:therapy|treatment)|BAT"
    r"|(?:standard|conventional|second-line|usual|routine)(?: (?:GVHD|care|of))* (?:care|therapy|treatment|prophylaxis"
    r"|regimen)s?(?: alone| (?:group|arm))"
    r"|(?:standard|conventional|usual|routine)(?:[- ](?:care|of-care|therapy|treatment|prophylaxis|regimen))?[- ](?:arm|group|cohort)"
    r"|(?<=against )(?:standard|conventional|usual|routine)(?: (?:GVHD|care|of))* (?:care|therapy|treatment|prophylaxis|regimen)s?"
    r"|expected from [\w ]+|(?:with|to|against|from) registry data|historical (?:\w+ )?(?:data|rates|cohort|patients|peers"
    r"|group|series|recipients"
    r"|comparators?|cases|comparison))\b",
)


#: What sets a second number or arm against the first.
VERSUS = any_case(
    r"\b(?:vs\.?|versus|compared (?:with|to)|as (?:against|opposed to)|opposed to|against|instead of|in place of|in lieu of|rather than"
    r"|in contrast (?:to|with)|next to|v)(?= |$)|^\s*/\s*$|→",
)


#: "20% with |standard prophylaxis|", "20% after |steroids alone|": what everyone gets stands for the control where a number comes before.
USUAL_ARM = any_case(
    r"(?<=[\d%)] )(?:with|under|on|after|in|for|among|of|given)(?: the| those on)? (?P<arm>(?:(?:standard|conventional|usual|routine)"
    r" (?:[\w-]+ )?(?:care|therapy|treatment|prophylaxis|regimen|immunosuppression|drugs|grafts?|conditioning|transplants?|transplantation"
    r"|recipients|patients)(?: alone)?|(?:(?!alone\b)[\w/-]+ ){1,3}?alone))\b"
)


#: What makes one of two sides the usual one, whichever is named first.
CONTROL_LIKE = any_case(
    r"\b(?:standard|conventional|usual|routine|traditional|established|untreated|naive|naïve|resting|unprimed"
    r"|unlicensed|alone|historical|supportive)\b",
)


#: What marks its subject as the new thing: "fludarabine |in place of| cyclophosphamide".
IN_PLACE_OF = any_case(r"\b(?:in place of|instead of|in lieu of|rather than|in exchange for)\b")
#: What a hospital did at one time, in a word.
_POLICY = r"(?:approach|protocol|polic(?:y|ies)|regimen|strategy|schedule|method|practice|programme|program|procedure|era|period|one)\b"
#: What may stand behind a participle that names people, as in "the infused": no noun that it describes.
_NOT_ATTRIBUTIVE = (
    r"(?= ?[.,;()%]|$| (?:and|but|or|than|versus|vs|against|as|in|at|was|were|had|did|had|to|by|with|on|it|only|after|came|fared|died"
    r"|survived|relapsed|engrafted|recovered|responded|reached|developed|showed|lived|took|needed|kept)\b| \d)"
)
#: Names of the intervention that hold in any trial.
TREATED_GROUP = any_case(
    r"\b(?:the )?(?:treatment|treated|infused|study|experimental|intervention|active|verum)[ -](?:arm|group|cohort|patients|animals"
    r"|mice|recipients)\b"
    r"|\bwith(?=(?: \([^()]*\))?,? (?:and|or|but|versus|vs\.?|than) (?:[\w.%]+ ){0,3}?without\b)|\bwith (?:them|it)\b"
    rf"|\b(?:the |those )?(?:\d+ )?(?:so|thus) (?:treated|infused|given|managed|prepared|protected)\b"
    rf"|\bthe (?:co-?)?(?:treated|infused|inoculated|dosed|supplemented){_NOT_ATTRIBUTIVE}"
    rf"|\bthe [\w-]+[- ]treated{_NOT_ATTRIBUTIVE}"
    rf"|\bthe (?:new|newer|novel|modified|revised|present|current|experimental|investigational) {_POLICY}"
    r"|\bthe (?:experimental|investigational)(?= (?:and|or|than|versus|vs)\b)"
    r"|\bthose (?:who|that) (?:did|had|were)(?= ?[,.;(]| (?:and|but|versus|than|against)\b|$)"
    r"|\b(?:those|patients|recipients) (?:who|that) (?:took|got|received|had) (?:it|them)\b",
)


WITHOUT_IT = any_case(
    r"\b(?:those (?:who|that)|(?:where|when|if) (?:they|it)|who) (?:were|was|did|had) not\b|\bwithout(?: (?:them|it|such cells|infusion"
    r"|treatment))?(?= ?[,;.):]| \(| \d"
    r"|$| P\b)|\b(?:no such|who (?:did not|had not|had no)(?: \w+){0,2})\b|\bnon-?treated\b"
    r"|\bthe (?:(?:non|un)-?(?:co-?)?(?:infused|treated|supplemented|exposed|dosed)|non-?recipients)\b(?! (?:patients|group|arm))"
    r"|\b(?:those|patients|recipients|mice|animals|who) (?:left|kept|going|went|(?:that|who) went) (?:untreated|without)\b"
    r"|\bthe (?:old|older|earlier|previous|former|traditional|established|historical|preceding|prior|unmodified|conventional|standard) "
    r"(?:approach|protocol|polic(?:y|ies)|regimen|strategy|schedule|method|practice|programme|program|procedure|era|period|one)\b"
    r"|\b(?:the|those) (?:earlier|previous|past|prior)(?= \d[\d.]*\s?%)",
)


#: The arm that was not named last, where a paper compares two.
OTHER_ARM = any_case(
    r"\b(?:the (?:remainder|rest|others|other (?:group|arm|cohort|patients|recipients|children|mice|animals|half|one))"
    r"|(?:in|of|for|among|with|after) the other(?= ?[.,;():]|$| \()"
    r"|(?:the|their|his|her) (?:\w+ )?(?:counterparts?|peers|comparators?|comparison (?:group|cohort|patients)|predecessors"
    r"|opposite numbers?)"
    r"|in (?:its|their) (?:absence|place|stead))\b",
)


LETTERED_GROUP = any_case(r"\b(?P<kind>group|arm|cohort)s? (?P<name>[1-4]|[A-D]|I{1,3}V?)\b(?! (?:patients )?(?:and|or) (?:[1-4]|[A-D])\b)")


NEGATED_BEFORE = any_case(
    r"(?:\bnon-?|\bno[- ]|\bwithout(?: any)?(?: \w+)? ?|\bnot (?:receiv\w+|given|treated with|get(?:ting)?"
    r"|infused with)(?: \w+)? ?|\bhad no ?|\bthan ?no |\bbefore ?"
    r"|\bdid not receive(?: \w+)? ?|\bminus |\babsence of "
    r"|\b(?:naive|naïve|resting|unprimed|unlicensed|unstimulated|unmodified|unpretreated|non-?primed) )$",
)


NEGATED_AFTER = any_case(r"^(?:-free|[-−–](?=[/\s:;,)])|\(?[-−–]\))")


def lettered_name(match: re.Match[str]) -> str:
    """Such as "group 1" from a match of ``LETTERED_GROUP``, lower case."""
    return f"{match['kind']} {match['name']}".lower()
