"""Whether answers of several kinds take the same time, as far as can be told."""

import statistics


def judge(times: dict[str, list[float]], base: str) -> int:
    """Print the median of each kind, in milliseconds; return 1 where one differs from `base` by more than chance.

    Chance is three standard errors of the difference of two medians, as the base itself scatters.
    """
    medians = {kind: statistics.median(values) for kind, values in times.items()}
    spread = statistics.stdev(times[base])
    noise = 3 * 1.25 * spread * (2 / len(times[base])) ** 0.5
    for kind, median in medians.items():
        print(f"{kind:22} {median:6.2f} ms")
    worst = max(abs(median - medians[base]) for median in medians.values())
    print(f"the greatest difference is {worst:.2f} ms; three standard errors of a median are {noise:.2f} ms")
    return 0 if worst <= noise else 1
