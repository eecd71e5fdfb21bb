"""A process that commits steps until it is killed and prints the number of each committed step.

Run as ``python -m tests.store.writer PROJECT``. It also takes a snapshot every few steps, so that
a kill can interrupt one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mideditor.store.project_store import ProjectStore
from tests.store.steps import append_step

STEPS_A_SNAPSHOT = 5


def main() -> None:
    store = ProjectStore.open(Path(sys.argv[1]), create=True)
    while True:
        number = append_step(store)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        if number % STEPS_A_SNAPSHOT == 0:
            store.save()


if __name__ == "__main__":
    main()
