"""Outcomes that only their predicate shows: "stool volume shrank", "days in hospital were fewer", "MSCs lowered the need for oxygen".

In: a scene without outcomes in one of its clauses. Out: what its words of change or sameness are said of, where that is a plain noun
phrase that measures something. People, arms, treatments and words such as "difference" measure nothing.
"""

import re
from collections.abc import Iterator

from kg.extract.any_case import any_case
from kg.extract.findings.arm_words import INTERVENTION
from kg.extract.findings.cues import Cue, CueKind
from kg.extract.findings.outcome_grammar import Family
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Scene, between
from kg.model import Desirable, Span

_MOVES = (CueKind.UP, CueKind.DOWN, CueKind.FASTER, CueKind.SLOWER, CueKind.SAME, CueKind.BETTER, CueKind.WORSE)
_WORD = (
    r"(?!(?:was|were|is|are|be|been|had|has|have|did|do|does|who|whom|which|that|whose|what|when|where|while|as|than|not|no|nor|but|or|if"
    r"|we|they|it|he|she|this|these|those|there|none|neither|and|with|without|after|before|from|by|at|under|between|during|among)\b)"
    r"[A-Za-zα-ω][\w/+-]*"
)
_PHRASE = (
    rf"(?:(?:the|an?|their|its|mean|median) )*(?P<head>(?:{_WORD} ){{0,4}}?{_WORD})"
    rf"(?: (?:of|in|for|on|to) (?:the |an? )?{_WORD}(?: {_WORD}){{0,2}})?"
)
_NOUN_PHRASE = any_case(_PHRASE)
#: "and so were |days on feeding": the predicate of the clause before.
_LIKEWISE = any_case(rf",? (?:and so|as|so) (?:was|were|did|had) (?P<subject>{_PHRASE})(?=[,.;]|$)")
#: What opens a clause before its subject: a connective, "After six weeks,", "Once they had engrafted,".
_OPENING = any_case(
    r"[;,]? ?(?:(?:and|but|yet|whereas|while|although|though|however|so|nor|moreover|also|then|likewise|by contrast|in contrast|conversely"
    r"|overall|finally|thereafter|afterwards|meanwhile),? ){0,2}(?:(?:after|before|on|at|by|within|in|with|once|when|during|following"
    r"|compared|under|as|from|over)\b[^,;]{1,80}, )?"
)
_IS = any_case(
    r" (?:(?:had|has|have) )?(?:was|were|is|are|became|become|been|remained|proved|grew|turned|seemed)"
    r"(?: (?:\w+ly|much|far|even))? $"
)
_DID = any_case(r" (?:(?:had|has|have|also|then|soon|even|\w+ly) )*$")
#: The first word of a cue that can be a finite verb.
_FINITE = any_case(
    r"(?:\w+(?:ed|ew|ose|ell|ank|unk|ane|id|ung|ut)|did|hardly|scarcely|barely|stayed|remained|kept|held|went|came)(?![\w-])"
)
_OBJECT_ENDS = any_case(
    r"(?= (?:in|by|with|after|among|from|compared|better|than|of|but|at|on|within|and (?:more|less|fewer|lower|higher|was|were|had|to))\b"
    r"|[,.;(]| \()"
)
_NO_MEASURE = any_case(
    r"(?:.* )?(?:patients?|child(?:ren)?|adults?|recipients?|mice|mouse|animals?|rats?|dogs?|groups?|arms?|cohorts?|controls?|participants?"
    r"|subjects?|men|women|donors?|persons?|people|individuals|doses?|dosing|treatments?|therap(?:y|ies)|infusions?|injections?|prophylaxis"
    r"|regimens?|drugs?|agents?|protocols?|stud(?:y|ies)|trials?|analys[ei]s|models?|results?|findings?|differences?|effects?|benefits?"
    r"|improvements?|reductions?|increases?|decreases?|changes?|advantages?|trends?|values?|rates?|figures?|numbers?|data|outcomes?|outlook"
    r"|course|cells?|lymphocytes?|products?|vesicles?|antibod(?:y|ies)|inhibitors?|blockade|addition|transplants?|transplantations?|grafts?"
    r"|age|sex|characteristics|follow-up|interval|parameters?|variables?|factors?|risks?|half|third|one|two|others?|rest|most|all|both|each"
    r"|several|authors?|investigators?|centres?|centers?|gap|opposite|same|former|latter|tests?|curves?|depletion|removal|withdrawal"
    r"|use|response|mechanism|inhibition|suppression|experiments?|media|medium|supernatants?|omission|inclusion|exclusion|replacement"
    r"|substitution|knock-?(?:down|out)|silencing|transfection|(?:pre-?)?conditioning|priming|pre-?treatment|\w*modification"
    r"|engineering|irradiation|\w+ectomy|surgery|evidence|donor (?:type|source)|type of donor|\w+ years|\d\S*)|exposure|hypoxia"
    r"|(?:patients?|child(?:ren)?|adults?|recipients?|mice|animals?|rats?|participants?|subjects?|donors?|cells)"
    r" (?:\w+ing|with|without|whose|in|on|from|given|treated) .*"
)
_ORGAN = any_case(
    r"(?:(?:upper|lower) )?(?:skin|liver|gut|lungs?|eyes?|mouth|joints?|fascia|joints and fascia|gastrointestinal tract|kidneys?"
    r"|muscles?|nails|oesophagus|genital\w*)"
)
_DOING = any_case(r"(?:add|block|remov|deplet|neutrali|inhibit|giv|infus|silenc|inject|transfer)ing\b")
#: "had |less| dermal fibrosis", "more| ulcers healed": a word of degree before what it measures.
_DEGREE = any_case(r"(?:more|less|fewer|lower|higher|greater|milder|stronger|weaker|better|worse|shorter|longer|smaller|larger)$")
_HAD_BEFORE = any_case(
    r"(?:\b(?:had|have|showed|developed|experienced|exhibited|displayed|gained|suffered|needed|required|with|made|contained|and|but)"
    r"|[,;]|^)(?: (?:significantly|markedly|clearly|much|far|slightly))? $"
)
#: "No |corneal melt| occurred".
_NONE_OF = any_case(
    rf"(?<!\bat )(?<!\bin )(?<!\bof )(?<!\bto )\bno (?P<subject>{_PHRASE})(?= (?:was|were|occurred|arose|developed|appeared|emerged"
    r"|could be)\b)"
)
#: "Sepsis occurred in 5 |and adenovirus cystitis| in 2": the verb is not said again.
_NEXT_OF_LIST = any_case(
    rf"(?:,? and|,|;) (?P<subject>{_PHRASE})(?= (?:in |\()(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b))"
)
#: "|Stools returned to normal| in two": what befell how many.
_COURSE = any_case(
    rf"(?P<course>{_PHRASE} (?P<verb>(?:(?:had|has|have|was|were) (?:been )?)?(?:\w+ly )?(?:[a-z]{{2,}}ed|came|went|grew|fell|rose|lost"
    r"|broke|shrank|became|began|held|kept|ran|stood))(?: (?!in\b|by\b|with\b|after\b|for\b)[\w-]+){0,3})"
    r" in (?:(?:just|only|about|nearly|almost) )?"
)
_ACTED = any_case(
    r".*\b(?:given|infused|injected|administered|transplanted|treated|used|performed|measured|collected|enrolled|included|studied|assigned"
    r"|carried|tested|increased|started|repeated|continued|planned|achieved|reported|observed|seen|noted|recorded|found|occurred|developed"
    r"|followed|documented|diagnosed|published|conducted|approved|obtained|available)"
)
#: "had no bearing on |fever, organ failure or death|", "lowered |fever and organ failure|".
_LIST_AFTER = any_case(
    r" (?:(?:in|on|to|for|regarding|as to|with respect to) )?(?P<list>[^;:.()]+?)"
    r"(?= (?:between|after|with|compared|than|when|at|among|in)\b| \(|[;:.(]|$)"
)
_CLAUSE = any_case(r"\b(?:was|were|is|are|whether|that|which|who|had|by|from)\b")
_GIVEN = any_case(r"\b(?:treatment|therapy|infusions?|prophylaxis|the cells|vesicles|the drug)\b")


def find_subjects(scene: Scene) -> Iterator[OutcomeMention]:
    """What predicates are said of where no outcome is known, what words of degree measure, and what goes on a list of outcomes."""
    found: list[OutcomeMention] = []
    for clause in scene.clauses:
        if any(o.start < clause.end and clause.start < o.end for o in scene.outcomes):
            found.extend(_with_known(scene, clause))
        else:
            found.extend(_of_clause(scene, clause))
        found.extend(_of_degree(scene, clause))
    found.extend(_of_lists(scene))
    taken = list(scene.outcomes)
    for mention in found:
        if all(mention.end <= o.start or o.end <= mention.start for o in taken):
            taken.append(mention)
            yield mention


def _of_clause(scene: Scene, clause: Span) -> Iterator[OutcomeMention]:
    course = _of_course(scene, clause)
    if course is not None:
        yield course
        return
    likewise = _LIKEWISE.match(scene.text, clause.start, clause.end)
    if likewise is not None:
        yield from _measured(scene, likewise.start("subject"), likewise.end("subject"))
        return
    for cue in between(scene.cues, clause.start, clause.end):
        if cue.kind in _MOVES and scene.bracket(cue.start) is None:
            found = list(_subject(scene, clause, cue)) or list(_object(scene, clause, cue))
            if found:
                yield from found
                return


def _subject(scene: Scene, clause: Span, cue: Cue) -> Iterator[OutcomeMention]:
    """The noun phrases between the opening of the clause and its predicate."""
    opening = _OPENING.match(scene.text, clause.start, cue.start)
    start = opening.end() if opening is not None else clause.start
    stretch = scene.text[start : cue.start]
    predicate = _IS.search(stretch) or (_DID.search(stretch) if _can_be_finite(cue) else None)
    if predicate is None or (_LEFT_ALONE.fullmatch(cue.text) and _OBJECT_FOLLOWS.match(scene.text, cue.end, clause.end)):
        return
    yield from _members(scene, start, start + predicate.start())


#: "Indomethacin |did not influence| maturation": what acts is not what is measured.
_LEFT_ALONE = any_case(r"(?:did|does|do) not (?:\w+ )?(?:influence|affect|alter|impact|modify|impair|change)")
_OBJECT_FOLLOWS = any_case(r" (?!(?:in|with|after|by|on|at|over|during|between|when|significantly|as|from|and|or|but)\b)[a-z]")


def _members(scene: Scene, start: int, end: int) -> Iterator[OutcomeMention]:
    """The members of a list that measure something."""
    place = start
    parts = re.split(r"(, (?:and|or|nor) |, | and | or | nor )", scene.text[start:end])
    for index, part in enumerate(parts):
        is_half = parts[index + 1 : index + 2] == [" and "] and " " not in part and " " in parts[index + 2]  # "liver and lung histology"
        if index % 2 == 0 and not is_half:
            yield from _measured(scene, place, place + len(part))
        place += len(part)


def _with_known(scene: Scene, clause: Span) -> Iterator[OutcomeMention]:
    """What shares a list, and so its predicate, with a known outcome: "graft failure and |the need for oxygen| were alike"."""
    for cue in between(scene.cues, clause.start, clause.end):
        if cue.kind not in _MOVES or scene.bracket(cue.start) is not None:
            continue
        listed = list(_subject(scene, clause, cue))
        if listed and any(between(scene.outcomes, clause.start, cue.start)):
            yield from filter(_is_whole, listed)
            return
        if cue.text.lower().startswith(("neither", "nor")):
            continue
        after = _LIST_AFTER.match(scene.text, cue.end, clause.end)
        if after is not None and (cue.is_verb or cue.kind is CueKind.SAME) and _is_list(scene, after.start("list"), after.end("list")):
            yield from filter(_is_whole, _members(scene, after.start("list"), after.end("list")))
            return


def _is_whole(mention: OutcomeMention) -> bool:
    """False for what may be half of a name: "|bacterial| and viral infections", "|human CD4+| and CD8+ T cells"."""
    return " " in mention.text and not mention.text.endswith(("+", "-"))


def _is_list(scene: Scene, start: int, end: int) -> bool:
    words = scene.text[start:end]
    is_plain = re.search(r",| and | or | nor ", words) is not None and _CLAUSE.search(words) is None
    return is_plain and any(between(scene.outcomes, start, end))


def _of_course(scene: Scene, clause: Span) -> OutcomeMention | None:
    """As in "stools returned to normal in two": a subject with its verb, and how many it befell."""
    counted = [n for n in between(scene.numbers, clause.start, clause.end) if n.kind in ("count", "fraction", "number", "share", "some")]
    if not counted:
        return None
    opening = _OPENING.match(scene.text, clause.start, counted[0].start)
    start = opening.end() if opening is not None else clause.start
    match = _COURSE.fullmatch(scene.text, start, counted[0].start)
    if match is None or _ACTED.fullmatch(match["verb"]) is not None or _NO_MEASURE.fullmatch(match["head"]) is not None:
        return None
    return _coined(scene, match.start("head"), match.end("course"), Family.EVENT)


def _of_degree(scene: Scene, clause: Span) -> Iterator[OutcomeMention]:
    """As in "had less dermal fibrosis": the phrase right behind a word of degree that no known outcome follows."""
    for cue in between(scene.cues, clause.start, clause.end):
        is_factor = any(c.kind is CueKind.ASSOCIATED for c in between(scene.cues, clause.start, cue.start))
        if is_factor or _DEGREE.fullmatch(cue.text) is None or _HAD_BEFORE.search(scene.text[clause.start : cue.start]) is None:
            continue
        phrase = _NOUN_PHRASE.match(scene.text, cue.end + 1, clause.end)
        if phrase is not None and _OBJECT_ENDS.match(scene.text, phrase.end(), scene.end) is not None:
            yield from _measured(scene, phrase.start(), phrase.end())


def _of_lists(scene: Scene) -> Iterator[OutcomeMention]:
    """Unknown members of a list whose first member is known: "bacteremia occurred in 3 and adenovirus cystitis in 2"."""
    for match in _NEXT_OF_LIST.finditer(scene.text, scene.start, scene.end):
        earlier = [o for o in scene.outcomes if o.end <= match.start() and o.family is Family.EVENT]
        is_counted = bool(earlier) and any(between(scene.numbers, earlier[-1].end, match.start() + 1))
        if is_counted and _ORGAN.fullmatch(match["head"]) is None:
            yield from _measured(scene, match.start("subject"), match.end("subject"), Family.EVENT)
    for match in _NONE_OF.finditer(scene.text, scene.start, scene.end):
        yield from _measured(scene, match.start("subject"), match.end("subject"), Family.EVENT)


def _can_be_finite(cue: Cue) -> bool:
    """False for adjectives and nouns: "higher", "differences"."""
    return _FINITE.match(cue.text) is not None


def _object(scene: Scene, clause: Span, cue: Cue) -> Iterator[OutcomeMention]:
    """As in "MSCs shortened |the stay in hospital|": what an active verb of the treatment governs."""
    before = scene.text[clause.start : cue.start]
    is_given = any(m.number == INTERVENTION for m in between(scene.arms, clause.start, cue.start)) or _GIVEN.search(before) is not None
    if not (cue.is_verb and is_given) or re.search(r"\b(?:was|were|been|be|is|are|to|by|of)(?: \w+ly)? $", before):
        return
    phrase = _NOUN_PHRASE.match(scene.text, cue.end + 1, clause.end)
    if phrase is not None and _OBJECT_ENDS.match(scene.text, phrase.end(), scene.end) is not None:
        yield from _measured(scene, phrase.start(), phrase.end())


def _measured(scene: Scene, start: int, end: int, family: Family = Family.QUANTITY) -> Iterator[OutcomeMention]:
    phrase = _NOUN_PHRASE.fullmatch(scene.text, start, end)
    if phrase is None or _NO_MEASURE.fullmatch(phrase["head"]) is not None or _DOING.match(phrase["head"]) is not None:
        return
    if any(m.start < end and start < m.end for m in scene.arms) or any(n.start < end and start < n.end for n in scene.numbers):
        return
    yield _coined(scene, phrase.start("head"), end, family)


def _coined(scene: Scene, start: int, end: int, family: Family) -> OutcomeMention:
    """An outcome under its own words."""
    printed = scene.text[start:end]
    label = printed if printed[1:2].isupper() else printed[0].lower() + printed[1:]
    return OutcomeMention(start, end, printed, label, None, family, Desirable.NONE)
