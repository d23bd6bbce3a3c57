"""Identifiers that can be made offline, merged without clashes and sorted by time (UUIDv7)."""

import os
import secrets
import threading
import time
import uuid

_RANDOM_BITS = 74
_lock = threading.Lock()
_last_ms = 0
_last_random = 0


def uuid7() -> uuid.UUID:
    """A new RFC 9562 version 7 id, greater than every id this process made before."""
    global _last_ms, _last_random
    with _lock:
        now = time.time_ns() // 1_000_000
        if now > _last_ms:
            _last_ms, _last_random = now, _fresh_random()
        else:
            # Same millisecond, or the clock was set back: count on from the last id, in steps
            # nobody can guess.
            _last_random += 1 + secrets.randbits(32)
            if _last_random >> _RANDOM_BITS:
                _last_ms, _last_random = _last_ms + 1, _fresh_random()
        ms, random = _last_ms, _last_random
    high, low = random >> 62, random & ((1 << 62) - 1)
    return uuid.UUID(int=(ms << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low)


def _fresh_random() -> int:
    # One bit short, so that there is room to count on within the millisecond.
    return secrets.randbits(_RANDOM_BITS - 1)


def _forget_parent() -> None:
    """A forked worker must not count on from its parent's last id, nor inherit a held lock."""
    global _lock, _last_ms, _last_random
    _lock, _last_ms, _last_random = threading.Lock(), 0, 0


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_parent)


_READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def short_code(prefix: str, identity: uuid.UUID) -> str:
    """A code people can read out over the phone: 'MA-7K3F-9Q2C', from the id's random bits.

    Made offline like the id itself; the database keeps codes unique.
    """
    rest, letters = identity.int & ((1 << 62) - 1), ""
    for _ in range(8):
        rest, index = divmod(rest, len(_READABLE))
        letters += _READABLE[index]
    return f"{prefix}-{letters[:4]}-{letters[4:]}"
