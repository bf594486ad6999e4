"""Papers into extractions."""
