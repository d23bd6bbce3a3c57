"""Sums are whole numbers of 38 digits: no number of records adds up to more.

What was set aside because 64 bits could not hold it is counted again from its records when the
triggers are laid anew, after the migrations.
"""

from django.db import migrations, models

MONTHS = [f"m{month:02}" for month in range(1, 13)]
# One statement, so that the table is written anew once and not twelve times.
WIDER = ", ".join(f"ALTER {month} TYPE numeric(38, 0)" for month in MONTHS)
WIDEN = f"""
ALTER TABLE figures_monthlysums {WIDER};
ALTER TABLE figures_delta ALTER net TYPE numeric(38, 0);
"""


def _sum(**more) -> models.DecimalField:
    return models.DecimalField(max_digits=38, decimal_places=0, **more)


class Migration(migrations.Migration):
    dependencies = [("figures", "0005_no_change_stops_the_others")]

    operations = [
        migrations.RunSQL(
            WIDEN,
            state_operations=[
                migrations.AlterField("delta", "net", _sum()),
                *(migrations.AlterField("monthlysums", month, _sum(default=0)) for month in MONTHS),
            ],
        ),
        migrations.DeleteModel("SetAside"),
    ]
