"""Whether an earlier run can be built on, by what is known beforehand; and so, how much there is to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Lasting:
    """The ground of an earlier run, with its floor and sample; `put` are the documents that came or changed since."""

    ground: Ground
    floor: float
    sample: Sample
    put: frozenset[str]


def lasting_ground(
    connection: Connection,
    ground: str,
    told: Mapping[str, Any],
    inputs: Mapping[str, Any],
    models: Mapping[str, str],
    listed: Mapping[str, int],
) -> Lasting | None:
    """Read the ground of an earlier run, where it is known and still fits.

    :param ground: the run in which all was clustered last.
    :param told: what was asked of the earlier run, and with which models; `inputs` and `models` are those of the new.
    :param listed: numbers of the documents that there are now, by their ids.
    """
    written = grounds.get(connection, ground)
    if written is None or told["models"] != models or told["inputs"]["anew"] != inputs["anew"]:
        return None
    kept, floor, sample = unpacked(written)
    if sample.documents < _SMALL or abs(len(listed) - sample.documents) > _CHANGED * sample.documents:
        return None
    later = documents.changes(connection, told["inputs"]["seq"])
    return Lasting(kept, floor, sample, frozenset(id for id, number in listed.items() if later.get(number) == "put"))


def refuse_long(listed: int, lasting: Lasting | None) -> None:
    """Refuse what takes long: all of a large archive, or many documents that join one.

    :param listed: how many documents there are.
    :param lasting: what can be built on.
    :raises NotReady: it takes long.
    """
    if listed > _SOON and (lasting is None or len(lasting.put) > _JOIN_SOON):
        raise NotReady("热点还没有算好。", advice="已排成任务在后台计算，算好以后再看。")
