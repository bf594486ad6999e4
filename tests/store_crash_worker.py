"""Adds and drops papers for ever, to be killed: ``python store_crash_worker.py FOLDER SEED``.

Says a line when it starts and one per change that is done, so that the test knows which changes must be there.
"""

import random
import sys
from pathlib import Path

from store_world import finding, link, paper, vocabulary

from kg.store import LocalStore, PaperGraphs

DIRECTIONS = ("increased", "decreased", "no_difference")


def version_of(paper_id: str, number: int) -> PaperGraphs:
    chance = random.Random(f"{paper_id} {number}")  # noqa: S311  # the same papers on every run
    findings = [
        finding(
            chance.choice(["incidence-of-gvhd", "gvhd", "survival"]), chance.choice(DIRECTIONS), cells=(chance.choice(["msc", "uc-msc"]),)
        )
        for _ in range(chance.randrange(1, 40))
    ]
    links = [link(paper_id, f"other-{each}") for each in range(chance.randrange(3))]
    return paper(paper_id, *findings, registrations=[f"NCT{chance.randrange(4)}"], title=f"Version {number}", links=links)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(folder: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same changes on every run
    with LocalStore.open(folder) as store:
        say("open")
        store.replace_vocabulary(vocabulary(), "v1")
        for number in range(10**9):
            papers = [version_of(f"p{chance.randrange(12)}", chance.randrange(1000)) for _ in range(chance.choice([1, 1, 1, 5]))]
            if chance.random() < 0.15:
                store.drop_paper(papers[0].paper_id)
            else:
                store.add_papers(papers)
            say(str(number))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
