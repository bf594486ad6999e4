"""Why an extraction says what it says: one paper's text, findings and gaps, as a page and as coloured text.

In: a paper and its extraction. Out: text. Nothing is read again but sentences and numbers, so that what is shown is what the
engine gave, whichever engine that was.
"""

from kg.explain.page import Explanation, explain_page, explain_parts
from kg.explain.terminal import explain_terminal

__all__ = ["Explanation", "explain_page", "explain_parts", "explain_terminal"]
