"""Numbers in scientific prose: pure functions from text to frozen records with spans, one kind of number per module.

``reader.read_numbers`` runs them all once, in the order in which one kind claims characters before the next.
"""
