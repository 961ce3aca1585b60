"""What openings are drawn from: the assumptions as arrays."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from dichterbij.synthetic.assumptions import DAYPARTS, Assumptions, load
from dichterbij.synthetic.draw import Bools, Choices, Ints
from dichterbij.synthetic.occupations import Occupations, load_occupations
from dichterbij.synthetic.patterns import Pattern, by_occupation, masks, pattern


@dataclass(frozen=True)
class Tables:
    """The assumptions as arrays, by group (row) unless said."""

    assumed: Assumptions
    occupations: Occupations
    groups: list[int]
    sectors: list[str]
    sector: Choices
    dayparts: Pattern
    daypart_masks: Bools
    hours: Pattern
    onboarding: Pattern
    level: Pattern  # by ISCO major group
    dutch: Choices
    demands: Ints
    licences: Ints
    chains: Bools  # by occupation
    legal: Ints  # by occupation: position in legal_codes, -1 none
    legal_codes: list[str]
    shares: Ints  # columns: open_hiring, learning_company, carvable, on_the_job, volunteer, work_experience


@cache
def tables(on: date) -> Tables:
    """Everything openings are drawn from."""
    assumed, occupations = load(on), load_occupations(on)
    groups, rules = assumed.groups, assumed.openings
    sectors = sorted({sector for group in groups for sector in group.sectors})
    dayparts = pattern([rules["dayparts"][group.dayparts] for group in groups])
    legal = by_occupation(occupations, rules["legal"])
    legal_codes = sorted(set(rules["legal"].values()))
    return Tables(
        assumed=assumed,
        occupations=occupations,
        groups=[group.openings for group in groups],
        sectors=sectors,
        sector=Choices.of([[group.sectors.get(sector, 0) for sector in sectors] for group in groups]),
        dayparts=dayparts,
        daypart_masks=masks([value[0] for value in dayparts.values], DAYPARTS),
        hours=pattern([rules["hours"][group.hours] for group in groups]),
        onboarding=pattern([rules["onboarding"][group.onboarding] for group in groups]),
        level=pattern([rules["level_min"][str(major)] for major in range(10)]),
        dutch=Choices.of([group.dutch for group in groups]),
        demands=np.array([[group.demands.get(code, 0) for code in assumed.demands] for group in groups], np.int64),
        licences=np.array([[group.licences.get(code, 0) for code in assumed.licences] for group in groups], np.int64),
        chains=masks([found or [] for found in by_occupation(occupations, rules["chains"])], assumed.licences),
        legal=np.array([legal_codes.index(code) if code else -1 for code in legal], np.int64),
        legal_codes=legal_codes,
        shares=np.array(
            [
                [g.open_hiring, g.learning_company, g.carvable, g.on_the_job, g.volunteer, g.work_experience]
                for g in groups
            ],
            np.int64,
        ),
    )
