"""The words behind ``cues``: one family per line, the longer phrase before the word it contains.

Written as regular expressions without groups that capture. A family is matched case-folded between word borders.
"""

from kg.extract.numbers.numerals import WORD_NUMBER

#: Test outcome negative.
NOT_SIGNIFICANT = (
    r"(?:not|non|without|fail(?:ed|ing)? to (?:reach|attain|achieve))[- ](?:\w+ ){0,3}?significan(?:t|ce|tly)",
    r"insignificant(?:ly)?",
    r"not be shown",
    r"(?:f[ae]ll(?:s|ing)?|stopped) (?:\w+ )?short of (?:statistical )?significance|(?:just "
    r"|narrowly )?missed (?:statistical )?significance",
    r"n\.s\.",
)
_NOTHING = (
    r"differences?|(?<!adverse )(?<!side )(?<!toxic )(?<!late )effects?|impact|influence|changes?|associations?|benefits?"
    r"|improvements?|advantages?|correlations?"
    r"|increases?|reductions?|decreases?|gains?|advantages?|disadvantages?|penalt(?:y|ies)|detriment|drawbacks?|excess|shifts?"
    r"|rise|fall|drop|loss|consequences?|bearing|contribution|relation(?:ship)?|link"
)
_MOVED = (
    r"differ(?:ent)?|alter(?:ed)?|chang(?:ed?|ing)|affect(?:ed)?|influenced?|impact(?:ed)?|associated|related|correlated?"
    r"|improved?|prevent(?:ed)?|budge|stir|shift|move|waver|reduced?|increased?|decreased?|raised?|lower(?:ed)?"
)
_NOT = r"(?:does|do|did|was|were|is|are|has|have|had|could) not(?! only)|failed to|not(?! only)"
#: "One third of |that in the saline group", "twice |that of controls".
_THAT = r"(?:that|those|what)(?= (?:in|of|with|after|among|on|under|for|seen|found|measured|observed|recorded|it|they|controls?|was)\b)"
#: Comparison by "as … as": whatever stands between, the two sides are equal.
_DEGREE = (
    r"(?:common|frequent(?:ly)?|high|low|long|short|often|seldom|rare(?:ly)?|likely|good|well|many|much|few|little|early|late|soon|fast"
    r"|quick(?:ly)?|slow(?:ly)?|severe(?:ly)?|large|great(?:ly)?|strong(?:ly)?|effective(?:ly)?|safe(?:ly)?|readily|easily|rapidly"
    r"|complete(?:ly)?|heav(?:y|ily)|numerous|plentiful|abundant|prevalent)"
)
_SIDE = (
    r"(?:in|with|after|among|on|under|for|without|when|by|of|those|that|it|they|did|do|untreated|treated|controls?|the"
    r"|recipients|patients|mice|animals)"
)
_UNMOVED = (
    r"un(?:changed|affected|altered|suppressed|impaired|diminished|compromised|disturbed|modified|influenced|hampered|hindered|abated"
    r"|harmed|moved|scathed)"
)
_HARDLY = r"(?:hardly|scarcely|barely)"
#: Nothing differed.
SAME = (
    rf"no(?: [\w‐-]+){{0,4}}? (?:{_NOTHING})|no such (?:signal|trend|pattern)",
    rf"(?:{_NOT})(?: \w+){{0,2}}? (?:{_MOVED})",
    r"favou?r(?:s|ed|ing)? neither",
    r"neither(?! of (?!the |these |those |both ))",
    r"(?:did|does|do|could|can) not (?:distinguish|discriminate|separate|divide|tell)",
    r"(?:in|of|on|under|with|for) (?:both|either|every) (?:groups?|arms?|cohorts?|regimens?)|(?:evenly|equally) distributed",
    r"(?:evenly|equally) (?:\w+ )?(?:spread|divided|split|shared|matched|distributed)|(?:with|at) (?:the same|equal|like|similar"
    r"|comparable) (?:frequency|rate|pace|speed|ease)"
    r"|(?:just |equally )?as (?:often|frequent(?:ly)?|common|many|much)(?= ?(?:[.;]|$))|(?:lay|ran) (?:one upon the other|together)"
    r"|overlapped|superimposable|held (?:its|their) (?:ground|own)",
    r"similar(?:ly| rates| results)?|like (?:amounts|numbers|rates|proportions)",
    r"comparabl[ey]",
    r"equivalent(?:ly)?|equally|identical|indistinguishable|on a par|(?:was|were|remained|is|are|stay(?:s"
    r"|ed)) (?:about )?the same|to the same (?:degree|extent)",
    r"(?<!twice )(?<!times )(?<!half )as (?:common|frequent(?:ly)?|high|long|often|likely|good|many"
    r"|well) (?:in (?:the )?one (?:group|arm) )?as\b(?! (?:\d|" + WORD_NUMBER + r"))",
    rf"(?<!twice )(?<!times )(?<!half )(?<!third )(?<!not )as {_DEGREE}(?: (?!as\b)[\w-]+){{0,6}}? as(?= {_SIDE}\b)",
    rf"{_UNMOVED}",
    r"non-?inferior(?:ity)?",
    r"converged?",
    r"(?:remain(?:ed|s)?|stay(?:ed|s)?|kept|held|stood|ran|was held) (?:\w+ )?(?:stable|constant|steady|level|flat|even|put|fixed"
    r"|(?:where|as|what) (?:it|they) (?:was|were|had been))",
    r"on (?:a level|an equal footing|the same level|even terms)|neck and neck|(?:much|little|not much|nothing|anything) to choose",
    rf"{_HARDLY} (?:at all |ever )?(?:moved|changed|stirred|altered|differed|varied|budged|rose|fell|grew|increased|decreased|affected"
    r"|influenced|dropped|shifted)",
    r"(?:parted|diverged|changed|varied) (?:only )?(?:very )?little|did nothing (?:for|to)|(?:was|were|is|are) without (?:\w+ )?(?:effect"
    r"|influence|impact|consequence)|(?:did|does|could) not (?:tell|set|keep) (?:\w+ ){1,4}apart|equal(?:l?ed)|resembled|mirrored"
    r"|paralleled",
    #: "Platelets took longer, neutrophils did not": what the verb before says is denied.
    r"(?<!who )(?<!that )(?<!which )(?<!whom )(?<! or )(?:did|was|were|had|has|does) not(?= ?[.,;(]|$)",
    r"no (?:different|worse|better|higher|lower|greater|longer|shorter|more|less)(?= (?:in|with|than|for|between|after|from"
    r"|among|on)\b)(?! than (?:\d|an? |one|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve))",
    r"not (?!only)(?:\w+ )?(?:worse|better|higher|lower|greater|longer|shorter|inferior|superior|increased|reduced|impaired|prolonged"
    r"|delayed|compromised)",
    r"(?:was|were|is|are|proved) (?:\w+ )?(?:unrelated|unconnected|immaterial|irrelevant) (?:to|with|for)"
    r"|(?:made|makes) (?:no|little) difference|differed (?:little|only slightly)|(?:did|does|do) not (?:vary|diverge|depend|hinge|rest"
    r"|turn|translate|exceed"
    r"|hamper|impair|compromise|delay|predict|correlate|matter)",
    r"much the same|(?:about )?equal(?: in| between| to)?|matched (?:that|those)|in line with|independent of|irrespective of"
    r"|no (?:greater|evidence of a difference)",
    r"without (?:affecting|increasing|compromising|impairing|raising|altering|loss of|any (?:loss|increase))",
    r"n(?:or|either) (?:was|were|did|does|do)|(?:either|both|each|the two)(?: (?:groups?|arms?|cohorts?|of them))?,? alike"
    r"|no telling (?:[\w-]+ ){1,4}apart|in equal (?:measure|numbers|proportions?)",
    r"(?:was|were|are|is|proved|remained|ran) (?:\w+ )?(?:alike|level|parallel|balanced)|untouched|intact|no bearing",
    r"(?:differences?|(?<!adverse )(?<!side )(?<!late )(?<!ill )effects?) (?:\w+ ){0,6}?(?:was|were|could be) (?:not \w+|absent|lacking"
    r"|negligible|trivial)|(?:could"
    r"|can) not be (?:told apart|distinguished)",
    r"failed to (?:show|reveal|find|demonstrate|detect)(?: any| an?)?(?: \w+){0,2}? (?:differences?|effects?|benefits?"
    r"|advantages?|improvements?|associations?)",
    r"without (?:an?y? )?(?:\w+ )?differences?|nor could|lacked (?:any )?effect",
)
#: A lean that no test bore out.
TREND = (
    r"trend(?:s|ed)?(?: toward(?:s)?| to| for)?",
    r"tend(?:s|ed|ency)?(?: toward(?:s)?| to)?",
    r"numerical(?:ly)?|borderline|marginal(?:ly)?",
    r"approach(?:ed|ing) significance",
)
SIGNIFICANT = (r"(?:statistically |highly |independently )?significan(?:t|tly|ce)",)
FASTER = (
    r"faster|quicker|sooner|earlier|more (?:rapid|quickly|rapidly|promptly|swiftly)|(?:took|needed) (?:\w+ )?less (?:time|long)",
    r"accelerat(?:e[sd]?|ing|ion)|hasten(?:s|ed)?|sp(?:ed|eeds?|eeded) up",
)
SLOWER = (
    r"slower|more slowly|later onset|(?:took|needed|required) (?:\w+ )?(?:longer|more time)(?= to\b)|lag(?:s|ged)(?: behind)?|(?:set in"
    r"|began|started|appeared) (?:(?:an?|\w+) (?:days?|weeks?|months?) )?later"
    r"|later than(?! (?:\d|day|week|month))"
    r"|(?:(?<=was )|(?<=were )|(?<=occurred )|(?<=came ))later(?= (?:in|with|after|than|for|among|without|on|under)\b)"
    rf"|(?:(?<=engrafted )|(?<=recovered )|(?<=returned )|(?<=reappeared ))"
    rf"(?:(?:an?|{WORD_NUMBER}|\d[\d.]*) (?:days?|weeks?|months?) )?later",
    r"delay(?:s|ed|ing)?|postpon(?:e[sd]?|ing)|retard(?:ed)?",
)
BETTER = (
    r"better|superior(?:ity)?|milder|easier",
    r"more (?:effective|efficacious|efficient|beneficial|favou?rable|positive)(?:ly)?",
    r"improv(?:e[sd]?|ing|ements?)|benefit(?:s|ed)?",
    r"favou?rabl[ey]|favou?r(?:s|ed|ing)?",
    r"ameliorat(?:e[sd]?|ing|ion)|alleviat(?:e[sd]?|ing|ion)|attenuat(?:e[sd]?|ing|ion)|mitigat(?:e[sd]?|ing|ion)",
    r"lessen(?:s|ed|ing)?|reliev(?:e[sd]?|ing)",
    r"protect(?:s|ed|ion|ive)?",
    r"(?:told|spoke|counted|weighed|worked) (?:in favou?r of|for)|bode[sd]? well for",
    r"outperform(?:s|ed)|outdid|advantage|(?:far(?:ed|es)|did|does) better|heal(?:s|ed|ing)?|eas(?:e[sd]|ing)|correct(?:s|ed)",
)
WORSE = (
    r"(?:told|spoke|counted|weighed|worked|militated) against|bode[sd]? ill for|(?:at a |the )?disadvantage",
    r"less (?:effective|efficacious|efficient|beneficial|favou?rable|positive)(?:ly)?",
    r"worse(?:n(?:s|ed|ing)?)?|poorer|inferior(?:ity)?|poor",
    r"exacerbat(?:e[sd]?|ing|ion)|aggravat(?:e[sd]?|ing|ion)|deteriorat(?:e[sd]?|ing|ion)",
    r"impair(?:s|ed|ing|ment)?|suffer(?:s|ed)?",
    r"unfavou?rabl[ey]|adversely|detriment(?:al)?",
    r"(?:far(?:ed|es)|did|does) worse|compromis(?:e[sd]?|ing)|hamper(?:s|ed)|jeopardi[sz](?:e[sd]?|ing)",
)
#: Verbs that take the outcome as object, and their passives.
DOWN_VERB = (
    r"reduc(?:e[sd]?|ing|tions?)|decreas(?:e[sd]?|ing)|lower(?:s|ed|ing)?(?![ -](?:back|limbs?|extremit|legs?|GI|gastrointestinal"
    r"|respiratory|airways?|tract|lobe|eyelid|lip|abdom\w+|gut)\b)"
    r"|diminish(?:es|ed|ing)?",
    r"declin(?:e[sd]?|ing)|halv(?:e[sd]?|ing)|shorten(?:s|ed|ing)?|limits|curb(?:s|ed)?",
    r"prevent(?:s|ed|ing)?|avert(?:s|ed)?|eliminat(?:e[sd]?|ing)",
    r"suppress(?:es|ed|ing|ion)?|inhibit(?:s|ed|ing|ion)?|restrain(?:s|ed)?|dampen(?:s|ed)?",
    r"abolish(?:es|ed)?|abrogat(?:e[sd]?|ing)|block(?:s|ed|ing)?",
    r"down-?regulat(?:e[sd]?|ion)",
    r"cut(?:s|ting)?|brought down|blunt(?:s|ed)|weaken(?:s|ed|ing)?|deplet(?:e[sd]?|ing|ion)|counteract(?:s|ed)?|halt(?:s|ed)?"
    r"|spar(?:es|ed)|dampen(?:s|ed|ing)?|damped|ward(?:s|ed) off|shrinks?|shrank|shrunk",
    r"resolv(?:e[sd]?|ing)|clear(?:s|ed)|(?:kept|keeps)(?: \w+){1,3} (?:from|in check|at bay|down)|held (?:back|down|in check)"
    r"|(?:put|puts) (?:an end|a stop) to|d(?:id|oes) away with|stav(?:es|ed) off|forestall(?:s|ed)|stem(?:s|med)",
)
DOWN = (
    rf"not (?:nearly |quite |anything like )?as {_DEGREE}(?= [^.;]{{0,60}}?\bas\b)",
    rf"(?:half|a third|one third|a quarter) as {_DEGREE}|half the (?:rate|risk|number|incidence|frequency|dose)"
    rf"|(?:half|(?:a|one) (?:third|quarter|fifth|tenth)(?: of)?|two[- ]thirds(?: of)?|a fraction of) {_THAT}",
    r"(?:lowest|smallest|shortest|fewest|weakest|rarest|least (?:common|frequent|often|severe))(?= (?:in|with|among|after|for|on)\b)",
    r"less (?:common(?:ly)?|frequent(?:ly)?|often|likely|severe)|less|lesser|fewer|smaller|shorter|rarer|rarely|seldom|weaker|sparser"
    rf"|scarce|sparse|thinner|lighter|{_HARDLY}(?! \d)"
    r"|minimal(?! residual)",
    r"f[ae]ll(?:s|en|ing)?(?! (?:ill|sick|short|into|under|within|asleep)\b)|dropp?(?:s|ed|ing)?|no longer"
    r"|lost(?! (?:the |their |his |her |an? )?(?:li(?:fe|ves)|grafts?|remissions?|responses?|weight)\b)",
    r"disappear(?:s|ed)|vanish(?:es|ed)|reced(?:es|ed)|subsid(?:es|ed)|abat(?:es|ed)|wan(?:es|ed)|came down(?! with)|down(?=[.,;])"
    r"|went down(?! with)|plummeted|sank|sunk|scarcer|dwindl(?:es|ed)|slid|ebb(?:s|ed)|plunged|faded|tailed off|melted away|slumped|dipped",
)
UP_VERB = (
    r"increas(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|enhanc(?:e[sd]?|ing|ement)|augment(?:s|ed|ing|ation)?|boost(?:s|ed)?",
    r"promot(?:e[sd]?|ing)|induc(?:e[sd]?|ing|tion)|stimulat(?:e[sd]?|ing|ion)|facilitat(?:e[sd]?|ing)",
    r"prolong(?:s|ed|ing|ation)?|extend(?:s|ed)?|doubl(?:e[sd]?|ing)|elevat(?:e[sd]?|ing|ion)",
    r"restor(?:e[sd]?|ing|ation)|expand(?:s|ed)?",
    r"up-?regulat(?:e[sd]?|ion)",
    r"lengthen(?:s|ed|ing)?|strengthen(?:s|ed)?|(?:tripl|quadrupl|quintupl)(?:e[sd]?|ing)|multipl(?:y|ied)|heighten(?:s|ed)?|enrich(?:es|ed)"
    r"|exceed(?:s|ed)?|surpass(?:es|ed)|outlast(?:s|ed)|outliv(?:es|ed)|intensif(?:y|ied)",
)
UP = (
    rf"(?:twice|thrice|(?:\w+|\d+(?:\.\d+)?) times) as {_DEGREE}|(?:twice|double) the (?:rate|risk|number|incidence|frequency)"
    rf"|(?:twice|double|thrice|triple|(?:\w+|\d+(?:\.\d+)?) times) {_THAT}",
    r"(?:highest|largest|longest|greatest|strongest|commonest|most (?:frequent|severe|often))(?= (?:in|with|among|after|for|on)\b)",
    r"commoner|likelier|heavier|denser",
    r"higher|greater|more (?:common(?:ly)?|frequent(?:ly)?|often|likely|severe)|more(?! (?:than|so)\b)|larger|longer|stronger|elevated",
    r"r[io]se[sn]?|rising|grew(?! (?:\w+er|worse|less|ill)\b)|regain(?:s|ed)?|mounted|crept up|rebounded",
    r"excess|times as likely",
    r"climb(?:s|ed)|gain(?:s|ed)?(?! (?:was|were|lay|came|stemmed|resulted|arose)\b)"
    r"|surg(?:es|ed)|soar(?:s|ed)|went up|outnumber(?:s|ed)|accumulat(?:es|ed)|swell(?:s|ed)|swollen",
)
ASSOCIATED = (
    r"(?:inversely |negatively |positively )?(?:associat(?:ed|ion|es)|correlat(?:e[sd]?|ions?))",
    r"predict(?:s|ed|ive|ors?)?|fore(?:told|tells?|cast)|portend(?:s|ed)?"
    r"|presag(?:es|ed)|herald(?:s|ed)|related|linked|risk factors?|went with|emerged for",
)
