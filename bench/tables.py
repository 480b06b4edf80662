"""Measures ways in turn, and prints what came of it as rows with limits."""
import statistics
import subprocess

from sandboxes import note


class Table:
    """Rows of (part, figure, per way its values, limits); the middle of the values is what counts."""

    def __init__(self):
        self.rows = []

    def add(self, part, figure, unit, values, limits=()):
        self.rows.append((part, figure, unit, {name: statistics.median(list_) for name, list_ in values.items() if list_},
                          limits, {name: len(list_) for name, list_ in values.items()}))

    def lines(self):
        for part, figure, unit, middle, limits, _ in self.rows:
            yield "%-9s %-34s %s" % (part, figure, "  ".join("%s %.3g %s" % (name, value, unit)
                                                             for name, value in middle.items()))
            for one, two, relation, limit in limits:
                if one in middle and (two is None or two in middle):
                    value, what = ((middle[one], one) if two is None else
                                   (middle[one] - middle[two], one + " - " + two) if relation == "adds" else
                                   (middle[one] / middle[two], one + " / " + two))
                    good = value >= limit if relation == ">=" else value <= limit
                    yield "%-9s   %-44s %8.3f  (wanted %s %g)  %s" % (
                        "", what, value, ">=" if relation == ">=" else "<=", limit, "met" if good else "MISSED")

    def objects(self):
        for part, figure, unit, middle, limits, counts in self.rows:
            yield {"part": part, "figure": figure, "unit": unit, "median": middle, "rounds": counts,
                   "limits": [list(limit) for limit in limits]}


def interleaved(ways, rounds, measure):
    """measure(way) -> number, round by round over all ways, so that a noisy machine is noisy for all. A way that fails
    is left out and the failure said."""
    values = {way.name: [] for way in ways}
    left = list(ways)
    for turn in range(rounds + 1):
        for way in list(left):
            try:
                value = measure(way)
                if turn:  # the first round warms caches
                    values[way.name].append(value)
            except (OSError, ValueError, subprocess.SubprocessError, KeyError, IndexError) as failure:
                note("left out: %s: %s" % (way.name, failure))
                left.remove(way)
    return values
