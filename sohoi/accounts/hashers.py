"""How passwords are kept: Argon2id, at the cost OWASP asks at least."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet).

    Django's own 100 MiB on eight lanes held both processors of a small server at each sign-in, so
    that seven people a second was all; and guessing at the door is limited anyway. A password kept
    at another cost is kept anew when its owner signs in.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
