"""One row per act: actor, verb, kind and id of the thing. Ids and verbs only, never values."""

from django.db import models

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
