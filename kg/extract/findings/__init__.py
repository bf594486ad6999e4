"""Sentences into findings: arms, outcomes and numbers are recognised, bound to one another, and judged."""
