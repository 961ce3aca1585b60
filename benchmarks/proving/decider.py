"""A decider that goes on until it is stopped, and writes down each batch after it was written.

python -m benchmarks.proving.decider SCHEME FILE SECONDS BATCH
"""

import os
import sys
import time
from pathlib import Path


def main() -> None:
    """Decide, tell, wait."""
    scheme, path, seconds, batch = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.bootstrap.settings")
    import django

    django.setup()
    from django.db import DatabaseError, connections
    from django.utils import timezone

    from dichterbij.domains.schemes import actions, batches
    from dichterbij.domains.schemes.actions import deciding
    from dichterbij.shared.errors import DichterbijError

    told = path.open("a", buffering=1)

    def write(*values: object, **named: object) -> batches.Here:
        """The product's own, told about after its commit."""
        here = batches.write(*values, **named)  # type: ignore[arg-type]
        told.write(f"{here.batches} {here.digest.hex()}\n")
        return here

    deciding.write = write
    while True:
        try:
            actions.decide(scheme=scheme, actor="proof", now=timezone.now(), most=batch)
        except (DatabaseError, DichterbijError) as error:
            print(type(error).__name__, str(error)[:200], flush=True)
            connections.close_all()
        time.sleep(seconds)


if __name__ == "__main__":
    main()
