"""Records into a store: choose, extract, make graphs, check them, add them; and the files that a build writes.

In: outcomes of ``kg.read``. Out: papers in a store and a ``BuildReport``. What fails, is refused or is passed over is collected
with its place and reason, and the rest goes on.
"""

from kg.build.graphs import Made, Pipeline, Progress, make_graphs
from kg.build.ingest import ingest
from kg.build.outputs import draw_store, replace_folder, write_outputs, write_whole
from kg.build.records import Known, choose, collect, known_in, settle
from kg.build.replay import Replay, curation_report, keep_decisions, plan_replay, replay, stored_decisions, stored_paper

__all__ = [
    "Known",
    "Made",
    "Pipeline",
    "Progress",
    "Replay",
    "choose",
    "collect",
    "curation_report",
    "draw_store",
    "ingest",
    "keep_decisions",
    "known_in",
    "make_graphs",
    "plan_replay",
    "replace_folder",
    "replay",
    "settle",
    "stored_decisions",
    "stored_paper",
    "write_outputs",
    "write_whole",
]
