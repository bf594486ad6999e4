"""Where a sentence names the outcome of a prompt, and which direction of it is good for the patient."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.prompt_words import Reading, Word, stem, stems_of, with_long_forms
from kg.extract.findings.cues import Cue
from kg.extract.findings.outcome_grammar import Family
from kg.model import Desirable

_MEASURING_WORDS = (
    "rate rates level levels change changes mean median number incidence score scores total measured overall risk percentage percent"
    " proportion frequency occurrence improvement reduction increase decrease baseline post pre value values outcome outcomes effect"
)
#: Stems of words of measuring: they say how, not what.
_MEASURING = frozenset(stem(word) for word in _MEASURING_WORDS.split())
_LOWER_IS_GOOD = re.compile(
    r"pain|mortalit|death|died|infect|bleed|ha?emorrh|nausea|vomit|complicat|depress|anxi|stress|fatigue|hypotens|hypertens|relaps|"
    r"recurren|symptom|adverse|toxic|blood loss|cholesterol|ldl|triglycer|weight|bmi|body mass|hba1c|glyc|glucose|blood pressure|inflamm|"
    r"crp|c-reactive|\btime to|duration|length of|incidence|disabilit|severit|failure|fracture|injur|fall|exacerbat|hospitali|admission|"
    r"readmission|stay|cost|dropout|withdraw|discontinu|insomnia|sleepiness|dyspn|cough|fever|edema|oedema|swelling|stiffness|"
    r"distress|burden|smok|drink|alcohol|crav|bilirubin|creatinine|proteinuri|albuminuri|viral load|malaria|parasit|"
    r"diarrh|ana?emia|thrombo|stroke|infarct|ischemi|arrhythm|fibrillation|delirium|agitation|shiver|prurit|itch|rash|"
    r"lesion|plaque|caries|gingival|wrinkle|scar|error|difficult|requirement|consumption|need for|use of|rescue|impair|insulin resistance|"
    r"homa|tnf|il-6|malondialdehyde|oxidative|hot flash|hot flush|urgency|incontinence|preterm|ca?esarean|miscarriage|events",
    re.IGNORECASE,
)
_HIGHER_IS_GOOD = re.compile(
    r"surviv|quality of life|qol|satisf|function|success|recover|adheren|complian|knowledge|abilit|strength|respon|hdl|efficac|heal|"
    r"remission|cure|clearance|improve|well-?being|performance|capacity|mobility|self-?efficacy|confidence|uptake|vaccin|"
    r"antibod|titer|titre|immunogenic|pregnancy rate|live birth|birth ?weight|bone mineral|fev1|forced expir|eradicat|patency|"
    r"memory|cogniti|attention|sleep quality|oxygenation|saturation|ejection fraction|ha?emoglobin|ferritin|vitamin|"
    r"activity|engagement|attendance|retention|participation|completion|accuracy|acuity|range of motion|walking|walk|balance|"
    r"skill|social|intake|protection|control of|disease-free|progression-free",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:reduc|decreas|increas|improve|relief|reliev|loss|gain|drop|declin|prolong|worsen|elevat|success|superior)\w*", re.IGNORECASE
)
_GOOD_CHANGE = re.compile(r"\b(?:reduction|decrease|decline|improve|relief|reliev|drop)", re.IGNORECASE)
_SURVIVAL = re.compile(r"surviv|alive", re.IGNORECASE)
_TIME = re.compile(r"\btime\b|duration|length of|onset|latency", re.IGNORECASE)
#: Words further apart than this name no phrase.
_LONGEST_PHRASE = 90


@dataclass(frozen=True)
class Target:
    """The outcome of a prompt as stems and short forms."""

    phrase: str
    stems: tuple[str, ...]
    shorts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """The tightest stretch of a sentence with most of the outcome's words; empty at the sentence's start when there is none."""

    share: float
    start: int
    end: int


def read_target(reading: Reading, outcome: str) -> Target:
    """What to look for."""
    stems = [s for s in stems_of(outcome) if s not in _MEASURING] or stems_of(outcome)
    return Target(outcome, tuple(stems), frozenset(with_long_forms(reading, outcome)[1]))


def find_place(reading: Reading, target: Target, place: int) -> Place:
    """Where sentence number ``place`` names the outcome; rare words of the text weigh more."""
    sentence = reading.sentences[place]
    weight = {s: (0.7 + reading.frequency[s]) ** -0.5 for s in target.stems}
    hits = [word for word in reading.words[place] if word.stem in weight]
    got = {word.stem for word in hits}
    share = sum(weight[s] for s in got) / sum(weight.values()) if weight else 0.0
    for short in sorted(target.shorts) if share < 0.9 else ():
        match = re.compile(rf"(?<![\w-]){re.escape(short)}(?!\w)").search(reading.text, sentence.start, sentence.end)
        if match is not None:
            return Place(max(share, 0.85), match.start(), match.end())
    if not hits:
        return Place(0.0, sentence.start, sentence.start)
    start, end = min(
        ((hits[i].start, _reach(hits[i:], got)) for i in range(len(hits)) if {w.stem for w in hits[i:]} == got),
        key=lambda span: (span[1] - span[0], span[0]),
    )
    if end - start > _LONGEST_PHRASE:
        heaviest = max(hits, key=lambda word: (weight[word.stem], -word.start))
        start, end = heaviest.start, heaviest.end
    return Place(share, start, end)


def _reach(hits: Sequence[Word], got: set[str]) -> int:
    """Where the first stretch that holds every stem of ``got`` ends."""
    seen: set[str] = set()
    for word in hits:
        seen.add(word.stem)
        if seen == got:
            return word.end
    return hits[-1].end


def without_own_change(target: Target, place: Place, cues: tuple[Cue, ...]) -> tuple[Place, tuple[Cue, ...]]:
    """Where the outcome is itself a change ("reduction in pain"), its word is no direction word of the sentence."""
    own = {stem(match.group()) for match in _CHANGE.finditer(target.phrase)}
    near = [c for c in cues if stem(c.text) in own and place.start - 30 <= c.start and c.end <= place.end + 30]
    if not near or place.end == place.start:
        return place, cues
    start, end = min(place.start, near[0].start), max(place.end, near[0].end)
    return replace(place, start=start, end=end), tuple(c for c in cues if c.end <= start or end <= c.start)


def desirable_of(outcome: str) -> Desirable:
    """Which direction is good, by the words of the phrase; none where they speak for both or for neither."""
    if _GOOD_CHANGE.search(outcome):
        return Desirable.HIGHER
    low, high = _LOWER_IS_GOOD.search(outcome) is not None, _HIGHER_IS_GOOD.search(outcome) is not None
    if low == high:
        return Desirable.NONE
    return Desirable.LOWER if low else Desirable.HIGHER


def family_of(outcome: str) -> Family:
    """How the outcome is measured."""
    if _SURVIVAL.search(outcome):
        return Family.SURVIVAL
    return Family.TIME if _TIME.search(outcome) else Family.QUANTITY
