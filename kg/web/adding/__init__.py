"""Adding papers by hand: what was given, what was understood of it, and jobs that put it into the store."""

from kg.web.adding.desk import BusyError, Desk, FellOverError
from kg.web.adding.jobs import Job, Jobs, State
from kg.web.adding.preview import Preview, Standing, Understood
from kg.web.adding.source import Dropped, Named, Pasted, Source, UnfitError, read_source
from kg.web.adding.tools import Tools

__all__ = [
    "BusyError",
    "Desk",
    "Dropped",
    "FellOverError",
    "Job",
    "Jobs",
    "Named",
    "Pasted",
    "Preview",
    "Source",
    "Standing",
    "State",
    "Tools",
    "Understood",
    "UnfitError",
    "read_source",
]
