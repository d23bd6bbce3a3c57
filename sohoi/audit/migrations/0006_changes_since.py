"""What was changed since a moment is found without reading the whole history."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_old_histories")]

    operations = [
        migrations.AddIndex(
            model_name="change", index=BrinIndex(fields=["at"], name="audit_change_at")
        )
    ]
