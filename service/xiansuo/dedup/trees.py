"""A forest of decision trees as plain arrays: small on disk, read without the library that grew it.

Extremely randomised trees (Geurts, Ernst and Wehenkel, 2006), grown by scikit-learn in `fit`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TREES, SAME_TREES = "trees.safetensors", "same.safetensors"


@dataclass(frozen=True, slots=True)
class Trees:
    """All trees in one row of n nodes, each tree's in the order of a walk that goes left first.

    `roots` int32 (trees,): where each begins. Of each node: `feature` int16 (n,), -1 at a leaf; `threshold` float32
    (n,): values up to it go on to the next node, others to `right`, int32 (n,), which at a leaf is its row of
    `chances`, float16 (leaves, classes).
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    right: NDArray[np.int32]
    chances: NDArray[np.float16]

    def predict(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the mean of the trees' chances for one case, (features,) to (classes,)."""
        told = values.astype(np.float32)
        at = self.roots
        while (inside := self.feature[at] >= 0).any():
            # At a leaf the last feature is looked at for nothing.
            onward = np.where(told[self.feature[at]] <= self.threshold[at], at + 1, self.right[at])
            at = np.where(inside, onward, at)
        return np.asarray(self.chances[self.right[at]].astype(np.float64).mean(axis=0))

    @classmethod
    def of(cls, forest: Any) -> Trees:
        """Take the trees out of a fitted scikit-learn forest, classes in its order."""
        grown = [each.tree_ for each in forest.estimators_]
        starts = np.cumsum([0, *(tree.node_count for tree in grown)])[:-1]
        feature = np.concatenate([np.maximum(tree.feature, -1) for tree in grown])
        right = np.concatenate([tree.children_right + start for tree, start in zip(grown, starts, strict=True)])
        leaves = feature < 0
        right[leaves] = np.arange(int(leaves.sum()))
        counts = np.concatenate([tree.value[:, 0, :] for tree in grown])[leaves]
        return cls(
            starts.astype(np.int32),
            feature.astype(np.int16),
            _at_most(np.concatenate([tree.threshold for tree in grown])),
            right.astype(np.int32),
            (counts / counts.sum(axis=1, keepdims=True)).astype(np.float16),
        )

    @classmethod
    def read(cls, path: Path) -> Trees:
        """Read what `write` left.

        :raises ValueError: the arrays do not fit each other.
        """
        from safetensors.numpy import load_file

        told = load_file(path)
        trees = cls(**{each.name: told[each.name] for each in fields(cls)})
        count, leaves = len(trees.feature), trees.feature < 0
        if not len(trees.roots) or not len(trees.threshold) == len(trees.right) == count > trees.roots.max():
            raise ValueError("relation trees do not fit together")
        if trees.right[leaves].max() >= len(trees.chances) or trees.right[~leaves].max(initial=0) >= count:
            raise ValueError("relation trees lead nowhere")
        return trees

    def write(self, path: Path) -> None:
        """Write all arrays; the same trees give the same bytes."""
        from safetensors.numpy import save

        path.write_bytes(save({each.name: np.ascontiguousarray(getattr(self, each.name)) for each in fields(self)}))


def _at_most(thresholds: NDArray[np.float64]) -> NDArray[np.float32]:
    """Round down to single precision: a value of single precision then falls on the same side as before."""
    near = thresholds.astype(np.float32)
    return np.where(near > thresholds, np.nextafter(near, np.float32(-np.inf)), near).astype(np.float32)
