"""Whether an earlier run can be built on, by what is known beforehand; and so, how much there is to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiansuo.errors import NotReady
from xiansuo.store import documents, grounds
from xiansuo.store.database import Connection
from xiansuo.topics.shelving import unpacked
from xiansuo.topics.texts import Ground
from xiansuo.topics.weighing import Sample

# The archive is clustered anew where it has changed by this part since it was clustered whole, or was this small then.
_CHANGED, _SMALL = 1 / 2, 30
# Documents up to which an archive is clustered, or up to which new ones join a larger one, while somebody waits.
_SOON, _JOIN_SOON = 500, 200


def lasting_ground(
    connection: Connection,
    ground: str,
    told: Mapping[str, Any],
    inputs: Mapping[str, Any],
    models: Mapping[str, str],
    listed: int,
) -> tuple[Ground, float, Sample] | None:
    """Read the ground of an earlier run, where it is known and still fits.

    :param ground: the run in which all was clustered last.
    :param told: what was asked of the earlier run, and with which models; `inputs` and `models` are those of the new.
    :param listed: how many documents there are now.
    """
    written = grounds.get(connection, ground)
    if written is None or told["models"] != models or told["inputs"]["anew"] != inputs["anew"]:
        return None
    kept, floor, sample = unpacked(written)
    if sample.documents < _SMALL or abs(listed - sample.documents) > _CHANGED * sample.documents:
        return None
    return kept, floor, sample


def refuse_long(
    connection: Connection,
    ground: str,
    told: Mapping[str, Any],
    inputs: Mapping[str, Any],
    models: Mapping[str, str],
    listed: Mapping[str, int],
) -> None:
    """Refuse what takes long: all of a large archive, or many documents that join one. Parameters as above.

    :param ground: empty where there is no earlier run.
    :param listed: numbers of the documents that there are now, by their ids.
    :raises NotReady: it takes long.
    """
    if len(listed) <= _SOON:
        return
    if ground and lasting_ground(connection, ground, told, inputs, models, len(listed)) is not None:
        later = documents.changes(connection, told["inputs"]["seq"])
        if sum(later.get(number) == "put" for number in listed.values()) <= _JOIN_SOON:
            return
    raise NotReady("热点还没有算好。", advice="已排成任务在后台计算，算好以后再看。")
