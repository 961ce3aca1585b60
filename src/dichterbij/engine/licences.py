"""Which licences there are, and what each includes."""

from graphlib import TopologicalSorter

from dichterbij.engine.parameters import Parameters


def licence_words(parameters: Parameters) -> tuple[str, ...]:
    """Every code of the licence table, and those named in it, a code before the codes it needs."""
    named = licence_codes(parameters)
    depth: dict[str, int] = {}
    for code in TopologicalSorter({code: _needs(parameters, code) for code in named}).static_order():
        depth[code] = 1 + max((depth[need] for need in _needs(parameters, code)), default=0)
    return tuple(sorted(named, key=lambda code: (-depth[code], code)))


def licence_codes(parameters: Parameters) -> dict[str, None]:
    """Every code of the licence table, and those named in it, in the order in which they are met."""
    named = dict.fromkeys(parameters.licences)
    for licence in parameters.licences.values():
        named |= dict.fromkeys((*licence.needs, *licence.includes))
    return named


def _needs(parameters: Parameters, code: str) -> tuple[str, ...]:
    licence = parameters.licences.get(code)
    return licence.needs if licence else ()


def included_by(parameters: Parameters, code: str) -> frozenset[str]:
    """All that this licence includes, and so on, without the code itself."""
    found: set[str] = set()
    stack = [code]
    while stack:
        licence = parameters.licences.get(stack.pop())
        for included in licence.includes if licence else ():
            if included not in found:
                found.add(included)
                stack.append(included)
    return frozenset(found)
