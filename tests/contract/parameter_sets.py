"""Folders of parameters that are odd and legal, and some that are not."""

import datetime
import random
from pathlib import Path
from typing import Any

import yaml

from contract.pools import ADAPTABLE, LICENCES, MODES, NOT_ADAPTABLE, SKILLS
from contract.thresholds import EIGHT, FOUR, OWN, TWO

Sets = dict[str, dict[str, Any]]
AROUND = {"valid_from": datetime.date(2026, 1, 1), "source": "assumption", "checked_on": datetime.date(2026, 11, 22)}
PLAIN = {
    "walk": {"fixed": 0, "per_km": [[None, 15000]]},
    "bike": {"fixed": 2, "per_km": [[None, 5000]]},
    "ebike": {"fixed": 2, "per_km": [[None, 3750]]},
    "moped": {"fixed": 3, "per_km": [[None, 2230]]},
    "public_transport": {"fixed": 15, "per_km": [[15000, 2900], [None, 1200]]},
    "car": {"fixed": 5, "per_km": [[None, 1420]]},
}
LEAD = {"ebike": 1, "childcare": 13, "adaptation": 6, "carving": 4, "learn_work": 4, "onboarding": 0}


def write_parameters(folder: Path, sets: Sets) -> Path:
    """A folder with these sets, each with what stands around the values."""
    folder.mkdir(exist_ok=True)
    for name, values in sets.items():
        text = yaml.safe_dump({**AROUND, **values}, sort_keys=False)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def travel(intrazonal_metres: int = 700, **modes: Any) -> Sets:
    """Travel with some modes changed; those named come first, in the order given."""
    return {
        "travel": {
            "intrazonal_metres": intrazonal_metres,
            "modes": {**modes, **{m: PLAIN[m] for m in PLAIN if m not in modes}},
        }
    }


def water(*areas: tuple[list[str], dict[str, int | None]]) -> Sets:
    """Water areas of municipalities and extras."""
    return {
        "water": {
            "areas": [
                {"name": f"area {number}", "municipalities": gm_codes, "extra": extra}
                for number, (gm_codes, extra) in enumerate(areas)
            ]
        }
    }


def licences(**codes: tuple[int, list[str], list[str]]) -> Sets:
    """Licences with weeks, needs and includes."""
    return {
        "licences": {
            "codes": {code: {"weeks": w, "needs": needs, "includes": inc} for code, (w, needs, inc) in codes.items()}
        }
    }


def demands(adaptable: list[str], not_adaptable: list[str]) -> Sets:
    """Demands by kind."""
    return {"demands": {"adaptable": adaptable, "not_adaptable": not_adaptable}}


def lead_weeks(queue: int = 13, dutch: int = 12, **lead: int) -> Sets:
    """Lead weeks with some changed."""
    return {"lead_weeks": {"lead": {**LEAD, **lead}, "open_hiring_queue": queue, "dutch_per_level": dutch}}


def learning(
    levels: tuple[int, int, int, int] = (2, 4, 8, 12),
    unknown: int = 8,
    own: dict[str, int] | None = None,
    list_counts_as: int = 6,
    cap: int = 39,
) -> Sets:
    """Learning with some values changed."""
    names = ("transversal", "cross-sector", "sector-specific", "occupation-specific")
    return {
        "learning": {
            "reuse_level": dict(zip(names, levels, strict=True)),
            "unknown": unknown,
            "own": own or {},
            "list_counts_as": list_counts_as,
            "cap": cap,
        }
    }


def per_km(fixed: int, *segments: list[int | None]) -> dict[str, Any]:
    """One mode."""
    return {"fixed": fixed, "per_km": list(segments)}


EVERY_MODE = dict.fromkeys(MODES[:5], 30)
ODD: dict[str, Sets] = {
    "nothing given": {},
    "everything takes no time": travel(0, **{mode: per_km(0, [None, 0]) for mode in PLAIN}),
    "modes in another order": travel(car=PLAIN["car"], moped=PLAIN["moped"], ebike=PLAIN["ebike"], bike=PLAIN["bike"]),
    "equal modes": travel(**{mode: per_km(5, [None, 5000]) for mode in reversed(PLAIN)}),
    "three segments": travel(1000, bike=per_km(0, [500, 1000], [1000, 9000], [None, 100000])),
    "a segment that ends inside the postcode's distance": travel(701, bike=per_km(0, [700, 1000], [None, 10**6])),
    "a segment that ends at the postcode's distance": travel(700, bike=per_km(0, [700, 1000], [None, 10**9])),
    "whole minutes exactly": travel(1000, walk=per_km(0, [None, 15000]), bike=per_km(0, [None, 5000])),
    "one thousandth above": travel(1001, walk=per_km(0, [None, 15000]), bike=per_km(0, [None, 5000])),
    "very slow": travel(700, car=per_km(10**6, [None, 10**9]), bike=per_km(0, [None, 10**9])),
    "slow on foot, so modes are asked": travel(5000),
    "no water": water(),
    "Amsterdam behind water": water((["GM0363"], EVERY_MODE)),
    "a mode not named costs nothing": water((["GM0363", "GM0448"], {"car": 10, "walk": None})),
    "areas that overlap": water((["GM0363", "GM0400"], {"bike": 7}), (["GM0400", "GM0448"], {"bike": 5, "car": None})),
    "an unknown municipality": water((["GM9999"], {"bike": None})),
    "large extras": water((["GM0363"], {"bike": 10**6, "public_transport": 595})),
    "a long chain of licences": licences(
        **{f"L{n}": (n % 3, [f"L{n + 1}"] if n < 40 else [], [f"L{n + 2}"] if n < 39 else []) for n in range(41)},
        B=(26, ["L0"], ["L3"]),
        vog=(0, [], []),
    ),
    "a hundred licences": licences(
        **{f"L{n}": (n, [], []) for n in range(87)}, **{code: (1, ["L0", "L1", "L86"], ["L5"]) for code in LICENCES}
    ),
    "licences of no weeks": licences(B=(0, ["AM"], []), AM=(5, [], []), vog=(0, ["AM"], []), C=(0, ["B"], ["AM"])),
    "a diamond of licences": licences(
        C=(1, ["A", "B"], []), A=(2, ["AM"], []), B=(5, ["AM"], ["AM"]), AM=(3, [], []), CE=(0, ["C", "AM"], ["C"])
    ),
    "no licences at all": {"licences": {"codes": {}}},
    "licences of many weeks": licences(B=(255, [], []), C=(1000, ["B"], ["B"]), vog=(0, [], [])),
    "demands the other way round": demands(NOT_ADAPTABLE, ADAPTABLE),
    "every demand can be adapted": demands([*ADAPTABLE, *NOT_ADAPTABLE], []),
    "no demand can be adapted": demands([], [*NOT_ADAPTABLE, *ADAPTABLE]),
    "as many demands as the product can hold": demands(
        [*ADAPTABLE, *(f"a{n}" for n in range(25))], [*(f"n{n}" for n in range(25)), *NOT_ADAPTABLE]
    ),
    "no lead weeks": lead_weeks(0, 0, **dict.fromkeys(LEAD, 0)),
    "many lead weeks": lead_weeks(1000, 300, ebike=500, childcare=70000, carving=260, learn_work=99, onboarding=20),
    "onboarding that delays": lead_weeks(4, 1, onboarding=5, learn_work=5, carving=5),
    "nothing takes learning": learning((0, 0, 0, 0), unknown=0),
    "some kinds cannot be learned": learning((2, 255, 8, 255), unknown=4),
    "the unknown cannot be learned": learning(unknown=255),
    "own weeks": learning(own={FOUR[0]: 0, TWO[0]: 255, EIGHT[0]: 1, OWN: 3}),
    "a list counts as none": learning(list_counts_as=0),
    "a list counts as one": learning(list_counts_as=1),
    "a list counts as a thousand": learning(list_counts_as=1000),
    "no cap": learning(cap=10**6),
    "a cap of nothing": learning(cap=0),
    "the largest weeks that can be learned": learning((254, 254, 254, 254), unknown=254, cap=5000),
}

ILLEGAL: dict[str, Sets] = {
    "more demands than the product can hold": demands([f"a{n}" for n in range(63)], []),
    "an unknown name": {"steps": {"lead": 1}},
    "below nothing": lead_weeks(ebike=-1),
    "a fraction": learning(unknown=8.5),  # type: ignore[arg-type]
    "text for a number": learning(cap="many"),  # type: ignore[arg-type]
    "a licence that needs itself": licences(B=(1, ["B"], [])),
    "a cycle in needs": licences(B=(1, ["C"], []), C=(1, ["D"], []), D=(1, ["B"], [])),
    "a cycle in includes": licences(B=(1, [], ["C"]), C=(1, [], ["B"])),
    "a licence that includes itself": licences(B=(1, [], ["B"])),
    "below nothing in travel": travel(700, bike=per_km(-1, [None, 1])),
    "below nothing in water": water((["GM0363"], {"bike": -1})),
    "below nothing for own": learning(own={OWN: -1}),
    "below nothing for a licence": licences(B=(-1, [], [])),
    "nothing at all in a file": {"learning": {}},
}


def random_sets(rng: random.Random) -> Sets:
    """Every set drawn at random, or left to the package."""
    order = rng.sample(list(PLAIN), len(PLAIN))
    codes: dict[str, tuple[int, list[str], list[str]]] = {}
    for code in rng.sample(LICENCES, rng.randint(0, len(LICENCES))):
        before = list(codes)
        needs = rng.sample(before, min(len(before), rng.randint(0, 2)))
        includes = rng.sample(before, min(len(before), rng.randint(0, 2)))
        codes[code] = (rng.choice([0, 0, 1, 4, 26, 255]), needs, includes)
    every = rng.sample(ADAPTABLE + NOT_ADAPTABLE, 12)
    cut = rng.randint(0, 12)
    sets = {
        **travel(
            rng.choice([0, 1, 700, 1000, 4999]),
            **{
                mode: per_km(
                    rng.randint(0, 9), *sorted([rng.randint(1, 9000), rng.randint(0, 9000)] for _ in range(2)),
                    [None, rng.randint(0, 15000)],
                )
                for mode in order
            },
        ),
        **water(
            *(
                (
                    rng.sample(["GM0363", "GM0448", "GM0400", "GM0715", "GM0718", "GM0096", "GM1714"], 3),
                    {mode: rng.choice([None, 0, 5, 40]) for mode in rng.sample(MODES, 4)},
                )
                for _ in range(rng.randint(0, 4))
            )
        ),
        **licences(**codes),
        **demands(every[:cut], every[cut:]),
        **lead_weeks(
            rng.choice([0, 5, 13, 400]),
            rng.choice([0, 1, 12]),
            **{step: rng.choice([0, 1, 4, 13, 300]) for step in LEAD},
        ),
        **learning(
            tuple(rng.choice([0, 1, 2, 4, 8, 254, 255]) for _ in range(4)),  # type: ignore[arg-type]
            unknown=rng.choice([0, 3, 8, 255]),
            own={uri: rng.choice([0, 1, 5, 255]) for uri in rng.sample(SKILLS, 3)},
            list_counts_as=rng.choice([0, 1, 2, 6, 50]),
            cap=rng.choice([0, 10, 39, 300]),
        ),
    }  # fmt: skip
    return {name: values for name, values in sets.items() if rng.random() < 0.7}
