"""Indicators without code belong to a unit, and know when it was decided to end them and since when
a room counts them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_list_columns"),
        ("figures", "0009_kept_codes"),
        ("org", "0009_successions_of_the_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicatordefinition",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="org.unit",
                verbose_name="của đơn vị",
            ),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="closed_on",
            field=models.DateField(editable=False, null=True, verbose_name="quyết định ngừng ngày"),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="passed_on",
            field=models.DateField(editable=False, null=True, verbose_name="đếm từ sổ từ ngày"),
        ),
    ]
