"""Verbs by which people have outcomes and outcomes befall people, each class in full.

Pattern strings for the modules that read counts and results; no group in them captures.
"""

#: "Seven |developed| GVHD", "two |came down with| it", "four |went into| remission".
HAD = (
    r"(?:had|have|has|having|developed|experienced|suffered(?: from)?|contracted|acquired|sustained|incurred|encountered|faced|showed"
    r"|exhibited|displayed|manifested|presented(?: with)?|underwent|required|needed|achieved|attained|obtained|reached|entered|gained"
    r"|maintained|kept|saw|drew|derived|got|caught|met(?: with)?|came down with|went down with|went on to|went into|fell ill with"
    r"|came to|progressed to"
    r"|proceeded to|were diagnosed with|was diagnosed with|were found to have|were affected by|were treated for"
    r"|(?:had|needed) to be (?:treated|hospitali[sz]ed|readmitted)(?: for| with)?"
    r"|were left with|remained (?:in|free (?:of|from)|without)|were in|was in|were without|lost|rejected|failed)"
)
#: "GVHD |arose| in five", "sepsis |befell| two", "pneumonia |complicated the course of| three".
BEFELL = (
    r"(?:occurred|arose|appeared|developed|emerged|ensued|followed|supervened|struck|befell|affected|afflicted|beset|plagued|troubled|hit"
    r"|complicated(?: the (?:\w+ )?course)?|set in|came up|came (?:to light|about)|was (?:seen|observed|noted|recorded|reported|found"
    r"|diagnosed|detected|documented|encountered|met)|were (?:seen|observed|noted|recorded|reported|found|diagnosed|detected|documented"
    r"|encountered|met)|killed|claimed|carried off|proved fatal (?:to|for)|accompanied|marked|happened|took place|broke out|flared)"
)
#: What people do that is an outcome by itself.
FARED = (
    r"(?:died|survived|responded|relapsed|recovered|improved|engrafted|progressed|succumbed|perished|lived|benefit(?:t)?ed|worsened"
    r"|deteriorated|stabili[sz]ed|flared|grew|became|remain(?:ed)?|are|were|was|is)"
)
