"""Sessions in the database, read in one plain statement."""

import json
from functools import lru_cache

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection
from django.utils import timezone

# A longer one holds unsent forms and is read once.
SHORT = 4_000


class SessionStore(DatabaseStore):
    """Django's own in all but reading, which every page does."""

    def load(self) -> dict:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT session_data FROM django_session"
                " WHERE session_key = %s AND expire_date > %s",
                [self.session_key, timezone.now()],
            )
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return json.loads(_opened(row[0])) if len(row[0]) < SHORT else self.decode(row[0])


# The same on every page until something is kept in it.
@lru_cache(maxsize=1024)
def _opened(stored: str) -> str:
    """What is in a session, its signature checked, as text: whoever reads it may change its own."""
    return json.dumps(SessionStore().decode(stored))
