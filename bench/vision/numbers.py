"""How well scores and verdicts do: recall and false alarms apart, never accuracy."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Truth = NDArray[np.bool_]


def auc(scores: Numbers, truth: Truth) -> float:
    """Return the chance that a changed row scores above an unchanged one; ties count half."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    for value in np.unique(scores):
        same = scores == value
        ranks[same] = ranks[same].mean()
    positives, negatives = int(truth.sum()), int((~truth).sum())
    if not positives or not negatives:
        return float("nan")
    return float((ranks[truth].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def rate(hits: Truth) -> float:
    """Return the share that is true; not a number where there is nothing."""
    return float(hits.mean()) if len(hits) else float("nan")


def false_at(scores: Numbers, truth: Truth, *, recall: float) -> float:
    """Return the false-positive rate at the threshold that reaches this recall."""
    if not truth.any() or truth.all():
        return float("nan")
    threshold = np.quantile(scores[truth], 1 - recall, method="lower")
    return rate(scores[~truth] >= threshold)


def calibration_error(scores: Numbers, truth: Truth, *, bins: int = 10) -> float:
    """Return the expected calibration error of probabilities, in equally wide bins."""
    place = np.clip((scores * bins).astype(int), 0, bins - 1)
    error = 0.0
    for one in range(bins):
        here = place == one
        if here.any():
            error += here.mean() * abs(scores[here].mean() - truth[here].mean())
    return float(error)


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Return median and 95th percentile in milliseconds."""
    return (
        float(np.percentile(seconds, 50)) * 1000,
        float(np.percentile(seconds, 95)) * 1000,
    )
