"""Why somebody could write, in Chinese; each reason says what it counts."""

from __future__ import annotations

from xiansuo.recommend.writers import Ranked, Work

# So large a part of what is near the matter, and its region or sector is worth a word.
_MUCH = 0.2


def reasons(each: Ranked, work: Work, load: int, *, claimed: bool) -> tuple[str, ...]:
    """Say what a writer's place rests on.

    :param load: how many claims they have not reported yet.
    :param claimed: whether they hold the prompt that is asked for.
    """
    told = ["已认领这条选题"] if claimed else []
    told += [f"手上已有 {load} 件"] if load else []
    latest = f"，最近一篇 {each.latest}" if each.latest else "，没有日期"
    told.append(f"有关材料 {len(work.texts)} 篇里写了 {len(each.texts)} 篇{latest}")
    told.append(_adoption(each))
    place = _place(each, work)
    return tuple([*told, place] if place else told)


def _adoption(each: Ranked) -> str:
    taken = sum(each.adopted.values())
    levels = "、".join(f"{level.label} {count} 篇" for level, count in each.adopted.items())
    said = f"其中采用 {taken} 篇（{levels}）" if taken else "其中未见采用"
    chance = each.chance
    if chance is None or not chance.all_adopted:
        return said
    known = {"team": each.team.label if each.team else "", "unit": each.unit}
    told = [name for part, name in known.items() if name and part in chance.weighed]
    told += ["其本人"] if "matter" in chance.weighed else []
    of = f"按{'、'.join(told)}以往的情况" if told else "按全部来稿"
    base = f"全部 {chance.everything} 篇来稿采用 {chance.base:.0%}"
    return f"{said}；{of}估计采用 {chance.probability:.0%}（{base}）"


def _place(each: Ranked, work: Work) -> str:
    if each.named_place:
        return f"最近的来稿出自{each.region}"
    if work.places:
        return ""
    told = []
    if each.region and (each.region_share or 0) >= _MUCH:
        told.append(f"出自{each.region}（其近来写的地方）的占 {each.region_share:.0%}")
    if each.sector and (each.sector_share or 0) >= _MUCH:
        told.append(f"出自{each.sector}界别的占 {each.sector_share:.0%}")
    return f"其他人的有关材料里，{'，'.join(told)}" if told else ""
