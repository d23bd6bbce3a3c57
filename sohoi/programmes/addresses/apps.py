"""The addresses room."""

from sohoi.kit import rooms


class AddressesConfig(rooms.RoomConfig):
    name = "sohoi.programmes.addresses"
