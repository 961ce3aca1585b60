"""The engine measured: exactness, the whole country, one person, one changed opening, and against others, in one run.

    make bench                                         everything, over the whole country (about half an hour)
    .venv/bin/python -m benchmarks --only others       one part: exact, full, others, one-person, changes
    .venv/bin/python -m benchmarks --people 500        a quick run: fewer people are compared

Prints one table. Fails when an answer differs from that of another, never because of a time.
docs/reference/performance.md tells how each number is measured.
"""

import argparse
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks import exact, full, one_person
from benchmarks.measuring import Clock, Row, as_markdown, as_text, circumstances, say
from benchmarks.national import ROOT, National, make

PARTS = ("full", "exact", "one-person", "changes", "others")  # in the order they are run in
ROOM = ROOT / "var" / "bench"  # for what is made along the way
MARKDOWN = ROOM / "bench.md"
COUNTRY = (1_200_000, 450_000)  # people and openings that the goals are meant for
PAGE, BEGIN, END = ROOT / "docs" / "reference" / "performance.md", "<!-- table -->", "<!-- end of table -->"
CHANGES = "One opening added, changed or closed; whom it concerns: goal 5 ms, must 12 ms at p99\n"


def arguments() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__, formatter_class=Formatter)
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part; may be given again")
    parser.add_argument("--data", type=Path, default=ROOM, help="people.parquet and openings.parquet")
    parser.add_argument("--people", type=int, default=10_000, help="people compared for exactness (10,000)")
    parser.add_argument("--timed", type=int, default=120_000, help="people of the engine beside others (120,000)")
    parser.add_argument("--alone", type=int, default=2_000, help="people that are answered one by one (2,000)")
    parser.add_argument("--repeats", type=int, default=3, help="runs of which the median counts (3)")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="of ours and of theirs (all cores)")
    parser.add_argument("--clock", type=Clock, default=Clock.ELAPSED, help="elapsed, or processor for a busy machine")
    parser.add_argument("--markdown", type=Path, default=MARKDOWN, help="write the table here too (var/bench/bench.md)")
    parser.add_argument("--docs", action="store_true", help="put the table in docs/reference/performance.md")
    return parser.parse_args()


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of the description."""


def main() -> int:
    """Every part that is asked for; 1 when an answer was wrong."""
    options = arguments()
    ROOM.mkdir(parents=True, exist_ok=True)
    make(options.data, *COUNTRY)
    national, rows, wrong, printed = National(options.data), [], [], ""
    people, openings = national.sizes()
    sizes = f"{people:,} x {openings:,}"
    # What starts commands comes first: what was read here would count in their memory, and slow them down.
    for part in (part for part in PARTS if part in (options.only or PARTS)):
        say(part)
        if part == "exact":
            found, problems = exactness(national, options.people)
            rows, wrong = rows + found, wrong + problems
        elif part == "full":
            rows += full.rows_of(options.data, sizes, options.repeats, ROOM)
        elif part == "one-person":
            rows += one_person.rows_of(national, options.alone, options.repeats, options.clock)
        elif part == "changes":
            printed, problems = changes(options.data, options.threads)
            wrong += problems
        else:
            from benchmarks.others import Race  # it needs the packages of requirements/bench.txt

            race = Race(national, people=options.timed, threads=options.threads, repeats=options.repeats,
                        clock=options.clock)  # fmt: skip
            race.run()
            rows, wrong = rows + race.rows, wrong + race.wrong
    if people < COUNTRY[0] or openings < COUNTRY[1]:
        say("these data are smaller than the country: goals and musts mean nothing here, and are left out")
        rows = [replace(row, goal="", must="", met="") if row.section != "Exactness" else row for row in rows]
    lines = circumstances(people, openings, options.clock)
    markdown = as_markdown(rows, lines, printed)
    options.markdown.write_text(markdown)
    if options.docs:
        into_docs(markdown)
    print(as_text(rows, lines))
    print("\n" + printed)
    for problem in wrong:
        print(f"WRONG: {problem}")
    return 1 if wrong else 0


def into_docs(markdown: str) -> None:
    """The table in place of the one that the page holds."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{markdown.strip()}\n{END}{after}")


def exactness(national: National, people: int) -> tuple[list[Row], list[str]]:
    """The engine beside NumPy for random people."""
    compared, rows, wrong = exact.check(national, people, 50)
    note = "random people, 300 of them one by one too; openings, order, route, mode, hours, five numbers beside NumPy"
    row = Row("Exactness", "lists that differ", f"{len(wrong)}", "", f"{compared:,} people, {rows:,} rows", goal="0",
              must="0", met="no" if wrong else "goal", note=note)  # fmt: skip
    return [row], [f"exactness: {len(wrong)} people, such as {', '.join(wrong[:5])}"] if wrong else []


def changes(data: Path, threads: int) -> tuple[str, list[str]]:
    """What benchmarks/changes.py prints, and what went wrong. It keeps the lists of all people for the next time."""
    files = ["--people", str(data / "people.parquet"), "--openings", str(data / "openings.parquet")]
    command = [sys.executable, str(ROOT / "benchmarks" / "changes.py"), *files]
    command += ["--cache", str(ROOM / "lists"), "--threads", str(threads)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    return CHANGES + done.stdout, [f"changes: exit code {done.returncode}"] if done.returncode else []


if __name__ == "__main__":
    raise SystemExit(main())
