"""An indicator of a unit ends on a day after the one on which that was decided."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("figures", "0011_fill_owners")]

    operations = [
        migrations.AddConstraint(
            model_name="indicatordefinition",
            constraint=models.CheckConstraint(
                condition=Q(closed_on=None, valid_to=None)
                | Q(closed_on=None, owner=None)
                | Q(closed_on__isnull=False, valid_to__isnull=False, valid_to__gt=F("closed_on")),
                name="figures_definition_closed_ahead",
            ),
        ),
    ]
