"""Papers out of PubMed and Europe PMC.

In: a query, identifiers. Out: the same outcomes as ``kg.read`` gives for a file. A service that fails is an error that says what
was asked and how far it came, never an empty answer; what was answered is kept on disk and not asked for again.
"""
