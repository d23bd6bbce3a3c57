"""Who is signed in, with her appointments of today: one plain statement a request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from sohoi.accounts.models import Appointment, User
from sohoi.org.models import today

_USER = [field.attname for field in User._meta.concrete_fields]
_APPOINTMENT = [field.attname for field in Appointment._meta.concrete_fields]
# What plain SQL gives as text, a field makes a value of.
_READ = [getattr(field, "from_db_value", None) for field in User._meta.concrete_fields]
_SIGNED_IN = f"""
    SELECT {", ".join(f"u.{name}" for name in _USER)},
           {", ".join(f"a.{name}" for name in _APPOINTMENT)}
      FROM accounts_user AS u
      LEFT JOIN accounts_appointment AS a ON a.user_id = u.id AND a.valid_from <= %(day)s
       AND (a.valid_to IS NULL OR a.valid_to > %(day)s)
     WHERE u.id = %(user)s AND u.is_active ORDER BY a.valid_from, a.id"""  # noqa: S608 - own names


class Backend(AuthenticationBackend):
    """allauth's, which signs in; every later request asks only this."""

    def get_user(self, user_id: object) -> User | None:
        with connection.cursor() as cursor:
            cursor.execute(_SIGNED_IN, {"user": user_id, "day": today()})
            rows = cursor.fetchall()
        if not rows:
            return None
        values = [
            read(value, None, connection) if read else value
            for read, value in zip(_READ, rows[0], strict=False)
        ]
        user = User.from_db(connection.alias, _USER, values)
        held = [row[len(_USER) :] for row in rows if any(row[len(_USER) :])]
        user.appointments_today = [
            Appointment.from_db(connection.alias, _APPOINTMENT, row) for row in held
        ]
        return user
