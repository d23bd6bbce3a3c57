"""A permission: a key, a sentence a manager can read, and the roles that hold it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Permission:
    """What a person may do in a room, within the units of her appointment.

    `key` is `<room>.<verb>`; `sentence` completes "Được phép …"; `roles` are the keys of
    `sohoi.accounts.roles` that hold it. A role not named here does not have it (default deny).
    """

    key: str
    sentence: str
    roles: frozenset[str]

    @property
    def room(self) -> str:
        return self.key.split(".", 1)[0]
