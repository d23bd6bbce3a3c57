"""The columns that a person chose for a list stay with her account, on every machine."""

from dataclasses import dataclass

from django.http import HttpRequest

from sohoi.accounts.actions import choose_columns


@dataclass(frozen=True)
class ChosenColumns:
    """What `ui/lists`, which knows no account, asks for and gives to be kept."""

    request: HttpRequest

    def of(self, key: str) -> list[str] | None:
        """The keys of the columns; None while she has chosen none. They came with her account."""
        return self.request.user.list_columns.get(key)

    def keep(self, key: str, columns: list[str] | None) -> None:
        choose_columns(key=key, columns=columns, by=self.request.user)
