"""Two memories: a row per act, of ids and verbs only; and one per changed row, with values."""

import json
from decimal import Decimal

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from sohoi.lib.ids import uuid7


class Entry(models.Model):
    """Rows are only ever added: a trigger refuses UPDATE, DELETE and TRUNCATE.

    There are no foreign keys, so that an entry outlives what it speaks of.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    object_id = models.UUIDField()
    unit_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_id", "at"], name="audit_object"),
            models.Index(fields=["actor_id", "at"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.object_id}"


class ExactNumbers(json.JSONDecoder):
    """A number with decimals reads as it was written."""

    def __init__(self, **how):
        super().__init__(**how | {"parse_float": Decimal})


class Change(models.Model):
    """Before and after of one row, written by the triggers of `sohoi.audit.triggers` alone.

    Of an update the columns that changed; a new row has no `before`, one that went no `after`, and
    of both what is empty is left out. `parent_id` is the record on whose page the row is told. Rows
    are only ever added. A value may be blanked when the law asks (`audit.actions.erase`): the
    column then stands there with nothing on either side.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    object_id = models.UUIDField()
    parent_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    reason = models.TextField(default="")
    before = models.JSONField(null=True, decoder=ExactNumbers)
    after = models.JSONField(null=True, decoder=ExactNumbers)

    class Meta:
        indexes = [
            models.Index(fields=["object_id"], name="audit_change_object"),
            # Rows come in the order of time: what changed since a day is found for almost nothing.
            BrinIndex(fields=["at"], name="audit_change_at"),
            models.Index(
                fields=["parent_id"],
                name="audit_change_parent",
                condition=Q(parent_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.kind} {self.object_id}"

    @property
    def what(self) -> str:
        """insert, update or delete."""
        if self.before is None:
            return "insert"
        return "delete" if self.after is None else "update"
