"""A unit of a closed period is found by the code it had then."""

from django.db import migrations, models
from django.db.models.fields.json import KT


class Migration(migrations.Migration):
    dependencies = [("figures", "0008_closed_periods")]

    operations = [
        migrations.AddIndex(
            model_name="frozenunit",
            index=models.Index(KT("place__code"), name="figures_frozen_code"),
        )
    ]
