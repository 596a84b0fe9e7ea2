"""What an act needs, and whether who asks has it."""

from __future__ import annotations

from enum import StrEnum

from xiansuo.records.accounts import Role, Scope, Viewer


class Need(StrEnum):
    """Who may do something, from anyone to administrators."""

    NOTHING = "nothing"
    INFORMANT = "informant"
    EDITOR = "editor"
    ADMIN = "admin"


_ROLES = {Need.INFORMANT: Role.INFORMANT, Need.EDITOR: Role.EDITOR, Need.ADMIN: Role.ADMIN}
_HEIGHTS = {role: height for height, role in enumerate(Role)}


def allowed(viewer: Viewer | None, need: Need, *, writes: bool) -> bool:
    """Tell whether somebody may do something.

    :param viewer: who asks; None is somebody who has not signed in.
    :param writes: it changes something, for which a key needs more than the scope to read.
    """
    if need is Need.NOTHING:
        return True
    if viewer is None or _HEIGHTS[viewer.role] < _HEIGHTS[_ROLES[need]]:
        return False
    if viewer.scopes is None:
        return True
    wanted = {Scope.MANAGE} if need is Need.ADMIN else {Scope.WRITE if writes else Scope.READ}
    return wanted <= set(viewer.scopes)
