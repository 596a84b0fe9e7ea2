"""Each role may do all that those before it may; a key no more than its scopes and its account."""

from __future__ import annotations

from itertools import combinations

import pytest

from xiansuo.access.needs import Need, allowed
from xiansuo.records.accounts import Role, Scope, Viewer

ROLES = [Role.INFORMANT, Role.EDITOR, Role.ADMIN]
NEEDS = [Need.INFORMANT, Need.EDITOR, Need.ADMIN]


def somebody(role: Role, *scopes: Scope, key: bool = False) -> Viewer:
    return Viewer(account=1, login="某人", name="某人", role=role, scopes=scopes if key else None)


@pytest.mark.parametrize("writes", [True, False])
def test_people_by_their_roles(writes: bool) -> None:
    for i, role in enumerate(ROLES):
        for j, need in enumerate(NEEDS):
            assert allowed(somebody(role), need, writes=writes) == (i >= j)
    assert not any(allowed(None, need, writes=writes) for need in NEEDS)
    assert allowed(None, Need.NOTHING, writes=writes)


def test_keys_by_their_scopes_too() -> None:
    for size in range(4):
        for scopes in combinations(Scope, size):
            for i, role in enumerate(ROLES):
                for j, need in enumerate(NEEDS):
                    for writes in (True, False):
                        wanted = Scope.MANAGE if need is Need.ADMIN else Scope.WRITE if writes else Scope.READ
                        told = allowed(somebody(role, *scopes, key=True), need, writes=writes)
                        assert told == (i >= j and wanted in scopes)
