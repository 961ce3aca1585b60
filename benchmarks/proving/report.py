"""What was found, as a piece of docs/reference/proof.md."""

from typing import Any

from benchmarks.measuring import Clock, circumstances
from benchmarks.proving.stage import DONE, ROOT, WRONG, Note, Options

PAGE, BEGIN, END = ROOT / "docs" / "reference" / "proof.md", "<!-- proof -->", "<!-- end of proof -->"


def run(options: Options) -> int:
    """Print it, and put it on the page when asked."""
    rush, crash = Note(options.home / "rush.json").told, Note(options.home / "crash.json").told
    about = [f"- {line}" for line in circumstances(0, 0, Clock.ELAPSED)[:3]]
    text = "\n".join([*about, "", *_rush(rush), "", *_crash(crash)])
    print(text)
    if options.docs:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return WRONG if rush.get("wrong") or crash.get("wrong") else DONE


def _rush(told: dict[str, Any]) -> list[str]:
    if not told:
        return ["**The rush:** not run yet."]
    calm, parts = told.get("calm", {}), told.get("parts", [])
    answers, seconds = sum(part["answers"] for part in parts), sum(part["seconds"] for part in parts)
    statuses: dict[str, int] = {}
    for one in [calm, *parts]:
        for status, count in one.get("statuses", {}).items():
            statuses[status] = statuses.get(status, 0) + count
    lines = ["**The rush**" + ("" if told.get("done") else " (not ready yet)"), ""]
    if calm:
        lines.append(
            f"- At {calm['rate']} a second: half within {_ms(calm['p50'])}, 99 in 100 within {_ms(calm['p99'])}."
        )
    if parts:
        slowest = max(part["p99"] for part in parts)
        lines.append(f"- As fast as it takes them, {parts[-1]['clients']} at once: {answers:,} in {seconds:,.0f} s, "
                     f"{answers / seconds:,.0f} a second; 99 in 100 within {_ms(slowest)}.")  # fmt: skip
    lines.append(
        f"- Answers by status: {', '.join(f'{count:,} x {status}' for status, count in sorted(statuses.items()))}."
    )
    if told.get("people"):
        lines.append(_people(told["people"]))
    if told.get("done"):
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in told["reasons"].items())
        lines += ["- Counted again without a line of the product, in the published order: "
                  f"all {sum(told['witnessed'].values()):,} decisions have the right reason.",
                  f"- {told['applications']:,} applications: {reasons}; {told['left_cents'] // 100:,} euros left; "
                  f"at most {told['most_of_an_employer']} for one employer.",
                  f"- Replay of {told['batches']:,} batches: equal, digest `{told['digest']}`."]  # fmt: skip
    return lines + [f"- WRONG: {one}" for one in told.get("wrong", [])]


def _people(told: dict[str, Any]) -> str:
    return (
        f"- Beside them {told['browsers']:,} people with a browser, all at once: for {told['waited']:,} the house was "
        f"full. {told['given_a_later_place']} lost their place; all had their receipt, at most "
        f"{told['longest_after_its_turn']:.0f} s after their turn."
    )


def _crash(told: dict[str, Any]) -> list[str]:
    if not told:
        return ["**The crash:** not run yet."]
    killed = ", ".join(f"{count:,} x {kind}" for kind, count in sorted(told["killed"].items()))
    right = "no answer lost or doubled, no cent between decisions and ledger" if not told["wrong"] else "WRONG"
    return [
        "**The crash**" + ("" if told.get("done") else " (not ready yet)"), "",
        f"- {told['rounds']:,} processes killed: {killed}. {told['full_disks']:,} times the disk was full.",
        f"- {told['answers']:,} applications had their answer: {right}.",
        *(f"- WRONG: {one}" for one in told["wrong"]),
    ]  # fmt: skip


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"
