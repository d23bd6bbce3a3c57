import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import sohoi.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0002_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sohoi.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "funder",
                    models.CharField(
                        choices=[
                            ("donor", "Nhà tài trợ, mạnh thường quân"),
                            ("union", "Quỹ Hội"),
                            ("members", "Cán bộ, hội viên đóng góp"),
                            ("state", "Ngân sách"),
                            ("family", "Gia đình đối ứng"),
                            ("other", "Nguồn khác"),
                        ],
                        max_length=10,
                        verbose_name="nguồn",
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, max_length=120, verbose_name="tên nhà tài trợ"),
                ),
                ("amount_vnd", models.BigIntegerField(verbose_name="số tiền")),
            ],
        ),
        migrations.CreateModel(
            name="Home",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sohoi.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                ("household", models.CharField(max_length=120, verbose_name="hộ")),
                ("search_key", models.CharField(max_length=200)),
                (
                    "poverty_class",
                    models.CharField(
                        choices=[
                            ("poor", "Hộ nghèo"),
                            ("near_poor", "Hộ cận nghèo"),
                            ("newly_escaped", "Hộ mới thoát nghèo"),
                            ("hardship", "Khó khăn đặc biệt"),
                        ],
                        max_length=15,
                        verbose_name="diện hộ khi xét",
                    ),
                ),
                (
                    "work",
                    models.CharField(
                        choices=[("new", "Xây mới"), ("repair", "Sửa chữa")],
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                ("area_m2", models.PositiveIntegerField(null=True, verbose_name="diện tích (m²)")),
                (
                    "labour_days",
                    models.PositiveIntegerField(default=0, verbose_name="ngày công đóng góp"),
                ),
                (
                    "also_counted_by",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="đơn vị khác cũng tính căn này"
                    ),
                ),
                (
                    "minutes",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="số biên bản bàn giao"
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="ghi chú")),
                ("value_vnd", models.BigIntegerField(default=0, verbose_name="tổng giá trị")),
                ("proposed_on", models.DateField(verbose_name="ngày đề nghị")),
                ("surveyed_on", models.DateField(null=True, verbose_name="ngày khảo sát")),
                ("approved_on", models.DateField(null=True, verbose_name="ngày duyệt")),
                ("started_on", models.DateField(null=True, verbose_name="ngày khởi công")),
                ("handed_over_on", models.DateField(null=True, verbose_name="ngày bàn giao")),
                ("withdrawn_on", models.DateField(null=True, verbose_name="ngày rút")),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="lý do rút"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(then=models.Value("withdrawn"), withdrawn_on__isnull=False),
                            models.When(
                                handed_over_on__isnull=False, then=models.Value("handed_over")
                            ),
                            models.When(started_on__isnull=False, then=models.Value("started")),
                            models.When(approved_on__isnull=False, then=models.Value("approved")),
                            models.When(surveyed_on__isnull=False, then=models.Value("surveyed")),
                            models.When(proposed_on__isnull=False, then=models.Value("proposed")),
                        ),
                        output_field=models.CharField(
                            choices=[
                                ("proposed", "Đề nghị"),
                                ("surveyed", "Đã khảo sát"),
                                ("approved", "Đã duyệt"),
                                ("started", "Đã khởi công"),
                                ("handed_over", "Đã bàn giao"),
                                ("withdrawn", "Không thực hiện"),
                            ],
                            max_length=12,
                            verbose_name="tình trạng",
                        ),
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="org.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="contribution",
            name="home",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contributions",
                to="homes.home",
            ),
        ),
        migrations.AddIndex(
            model_name="home",
            index=models.Index(fields=["unit", "handed_over_on"], name="homes_unit_handed_over"),
        ),
        migrations.AddIndex(
            model_name="home",
            index=models.Index(fields=["handed_over_on"], name="homes_handed_over"),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("surveyed_on", None),
                    models.Q(
                        ("proposed_on__isnull", False),
                        ("surveyed_on__gte", models.F("proposed_on")),
                    ),
                    _connector="OR",
                ),
                name="homes_surveyed_on_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_on", None),
                    models.Q(
                        ("approved_on__gte", models.F("surveyed_on")),
                        ("surveyed_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="homes_approved_on_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_on", None),
                    models.Q(
                        ("approved_on__isnull", False), ("started_on__gte", models.F("approved_on"))
                    ),
                    _connector="OR",
                ),
                name="homes_started_on_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("handed_over_on", None),
                    models.Q(
                        ("handed_over_on__gte", models.F("started_on")),
                        ("started_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="homes_handed_over_on_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on", None), ("handed_over_on", None), _connector="OR"
                ),
                name="homes_not_both_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on", None),
                    (
                        "withdrawn_on__gte",
                        django.db.models.functions.comparison.Greatest(
                            "proposed_on",
                            "surveyed_on",
                            "approved_on",
                            "started_on",
                            "handed_over_on",
                        ),
                    ),
                    _connector="OR",
                ),
                name="homes_withdrawn_last",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_on", None), ("withdrawn_reason", "")),
                    models.Q(
                        ("withdrawn_on__isnull", False),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="homes_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("poverty_class__in", ["poor", "near_poor", "newly_escaped", "hardship"]),
                    ("work__in", ["new", "repair"]),
                ),
                name="homes_known_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(("household", ""), _negated=True), name="homes_household_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(("value_vnd__gte", 0)), name="homes_value_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_vnd__gt", 0)), name="homes_contribution_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("funder__in", ["donor", "union", "members", "state", "family", "other"])
                ),
                name="homes_contribution_known_funder",
            ),
        ),
    ]
