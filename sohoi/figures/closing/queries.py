"""Which periods are kept as they were."""

from uuid import UUID

from sohoi.figures.models import Closing


def is_kept(unit: UUID, period: str) -> bool:
    """Whether the period is closed for the unit and its figures are kept."""
    return Closing.objects.filter(unit_id=unit, period=period, opened_at=None).exists()
