# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of the bench: what was measured, beside what it must reach."""

from statistics import median, quantiles

# A shared machine is noisy, and few figures are; the short form says no more than that something is far off.
SHORT_FACTOR = 1.5


def spread(values, unit):
    middle = median(values)
    digits = 0 if middle >= 100 else 1 if middle >= 10 else 2
    return "/".join(f"{value:.{digits}f}" for value in (min(values), middle, max(values))) + f" {unit}"


def percentile_95(values):
    return quantiles(values, n=100, method="inclusive")[94]


class Table:
    def __init__(self, is_short):
        self.factor = SHORT_FACTOR if is_short else 1
        self.passed = 0
        self.failed = 0
        print(f"{'what':37}{'min/median/max':19}{'beside it':23}{'reached':>8}  must reach")

    def row(self, what, ours, theirs, reached, bound, is_met):
        self.passed += is_met
        self.failed += not is_met
        print(f"{what:37}{ours:19}{theirs:23}{reached:>8}  {bound}{'' if is_met else ' FAILED'}", flush=True)

    def at_most(self, what, ours, name, theirs, bound, unit="ms", note=""):
        """`ours` and `theirs` are pairs; the ratio is the median of theirs."""
        ratio = median(our / their for our, their in zip(ours, theirs))
        bound *= self.factor
        row = (what, spread(ours, unit), f"{name} {spread(theirs, unit)}", f"{ratio:.2f} {name}")
        self.row(*row, f"≤ {bound:.3g} {name}{note}", ratio <= bound)

    def times_faster(self, what, ours, name, theirs, bound):
        ratio = median(their / our for our, their in zip(ours, theirs))
        bound /= self.factor
        row = (what, spread(ours, "ms"), f"{name} {spread(theirs, 'ms')}", f"{ratio:.1f} ×")
        self.row(*row, f"≥ {bound:.3g} × faster", ratio >= bound)

    def every_frame(self, what, frames, bound, condition, is_met):
        bound *= self.factor
        slowest = max(frames)
        row = (what, spread(frames, "ms"), "", f"{slowest:.1f} ms")
        self.row(*row, f"≤ {bound:g} ms, {condition}", slowest <= bound and is_met)

    def most_frames(self, what, frames, bound):
        """Nineteen of twenty."""
        bound *= self.factor
        reached = percentile_95(frames)
        self.row(what, spread(frames, "ms"), "", f"{reached:.1f} ms", f"95 % ≤ {bound:g} ms", reached <= bound)

    def waits(self, what, waits, bound, most):
        """Nineteen of twenty, and the longest."""
        bound, most = bound * self.factor, most * self.factor
        reached = percentile_95(waits)
        row = (what, spread(waits, "ms"), "", f"{reached:.1f} ms")
        self.row(*row, f"95 % ≤ {bound:g} ms, all ≤ {most:g} ms", reached <= bound and max(waits) <= most)

    def median_and_most(self, what, frames, bound, most):
        """The median, and nineteen of twenty."""
        bound, most = bound * self.factor, most * self.factor
        reached, slow = median(frames), percentile_95(frames)
        row = (what, spread(frames, "ms"), "", f"{reached:.1f} ms")
        self.row(*row, f"≤ {bound:g} ms, 95 % {slow:.1f} ≤ {most:g} ms", reached <= bound and slow <= most)

    def most_beside(self, what, ours, name, theirs, bound):
        bound *= self.factor
        reached = median(ours)
        row = (what, spread(ours, "ms"), f"{name} {spread(theirs, 'ms')}", f"{reached:.0f} ms")
        self.row(*row, f"≤ {bound:g} ms", reached <= bound)

    def most(self, what, values, unit, bound):
        bound *= self.factor
        reached = median(values)
        row = (what, spread(values, unit), "", f"{reached:.0f} {unit}")
        self.row(*row, f"≤ {bound:g} {unit}", reached <= bound)
