"""The accounts app."""

from sohoi.kit import rooms


class AccountsConfig(rooms.RoomConfig):
    name = "sohoi.accounts"
    label = "accounts"
