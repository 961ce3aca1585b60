"""Works out the sums of docs/concepts/scale.md from the numbers at its top.

    .venv/bin/python benchmarks/scale.py [--write]

Without --write it says whether the page holds what follows from its numbers (exit code 1 when not).
"""

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "concepts" / "scale.md"
NUMBER = re.compile(r"^\| (\w+) \| ([\d.]+) \|", re.MULTILINE)
SUMS = re.compile(r"(<!-- sums -->\n).*?(<!-- end of sums -->)", re.DOTALL)

PART = 20_000
CORES = 16
PAGES_A_WEEK, BUSIEST = 12, 6
WEEK = 7 * 24 * 3600
OPENING_IN_LIST = 4
LONGEST_LIST = 50
MIB = 1 << 20

Numbers = Mapping[str, float]


def main() -> None:
    """Write the sums, or say whether they are right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    text = PAGE.read_text(encoding="utf-8")
    new = worked_out(text)
    if parser.parse_args().write:
        PAGE.write_text(new, encoding="utf-8")
    elif new != text:
        sys.exit(f"{PAGE}: the sums do not follow from the numbers; run this with --write.")


def worked_out(text: str) -> str:
    """The page with its sums made again."""
    numbers = {name: float(value) for name, value in NUMBER.findall(text)}
    columns = {
        "one region": column(numbers, 1 / numbers["regions"], 1),
        f"the country, {numbers['regions']:.0f} regions": column(numbers, 1, 1),
        "ten countries side by side": column(numbers, 10, 1),
        "ten times as dense": column(numbers, 10, 10),
    }
    rows = list(next(iter(columns.values())))
    lines = [f"| | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    lines += [f"| {row} | {' | '.join(found[row] for found in columns.values())} |" for row in rows]
    table = "\n".join(lines)
    return SUMS.sub(lambda found: f"{found[1]}\n{table}\n\n{found[2]}", text)


def column(numbers: Numbers, times: float, denser: float) -> dict[str, str]:
    """The sums for so many times the country, `denser` times as dense."""
    people, openings = numbers["people"] * times, numbers["openings"] * times
    core_seconds = people / PART * numbers["core_seconds_part"] * denser
    share = numbers["efficiency_percent"] / 100
    rows = people * numbers["rows_person"]
    # A region's people reach openings of its neighbours: its workers hold those of the whole country.
    held = max(1.0, times) * numbers["worker_mib"]
    visits = people * PAGES_A_WEEK / WEEK
    return {
        "people": count(people),
        "openings": count(openings),
        "openings within reach of a person": count(numbers["reach"] * denser),
        "pairs within reach": count(people * numbers["reach"] * denser),
        f"parts of {PART:,} people": count(-(-people // PART)),
        "core time to read and match": span(core_seconds),
        "on one machine with 2 cores": span(core_seconds / 2),
        f"on a cluster of 4 machines with {CORES} cores": span(divided(core_seconds, 4 * CORES * share)),
        f"machines with {CORES} cores for an answer in 10 minutes": machines(
            divided(core_seconds, CORES * share * 600)
        ),
        "a worker reads openings and builds its index in": span(numbers["ready_seconds"] * max(1.0, times)),
        "memory of a worker process": size(held * MIB),
        "people and openings in Parquet": size(
            people * numbers["person_disk_bytes"] + openings * numbers["opening_disk_bytes"]
        ),
        "lists on the shared disk": size(people * (LONGEST_LIST + 1) * OPENING_IN_LIST),
        "rows of output": count(rows),
        "output, compact": size(rows * numbers["row_compact_bytes"]),
        "output, full": size(rows * numbers["row_full_bytes"]),
        "pages a second, average": f"{visits:,.1f}",
        "pages a second, busiest hour": f"{visits * BUSIEST:,.0f}",
        "cores of web processes for that": machines(divided(visits * BUSIEST, numbers["pages_second_core"] / denser)),
    }


def divided(value: float, by: float) -> float:
    """0 stands for "not measured yet"."""
    return value / by if by else 0.0


def count(value: float) -> str:
    """A number as people say it."""
    for unit, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= unit:
            return f"{value / unit:,.3g} {name}"
    return f"{value:,.0f}"


def span(seconds: float) -> str:
    """A time as people say it."""
    if not seconds:
        return "to be measured"
    for unit, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:,.1f} {name}"
    return f"{seconds:,.1f} s"


def size(content: float) -> str:
    """Bytes as people say it."""
    if not content:
        return "to be measured"
    return f"{content / 1e9:,.1f} GB" if content >= 1e9 else f"{content / 1e6:,.0f} MB"


def machines(value: float) -> str:
    """Rounded up."""
    return f"{-(-value // 1):,.0f}" if value else "to be measured"


if __name__ == "__main__":
    main()
