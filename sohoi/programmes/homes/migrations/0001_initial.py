import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import sohoi.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0002_time"),
        ("pghistory", "0007_auto_20250421_0444"),
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
        migrations.CreateModel(
            name="ContributionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=sohoi.lib.ids.uuid7, editable=False, serialize=False),
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
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="homes.contribution",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homes.home",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
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
        migrations.CreateModel(
            name="HomeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=sohoi.lib.ids.uuid7, editable=False, serialize=False),
                ),
                ("code", models.CharField(max_length=20, verbose_name="mã")),
                ("household", models.CharField(max_length=120, verbose_name="hộ")),
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
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="homes.home",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="org.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
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
        pgtrigger.migrations.AddTrigger(
            model_name="home",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "homes_homeevent" ("also_counted_by", "approved_on", "area_m2", "code", "handed_over_on", "household", "id", "labour_days", "minutes", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poverty_class", "proposed_on", "started_on", "surveyed_on", "unit_id", "value_vnd", "version", "withdrawn_on", "withdrawn_reason", "work") VALUES (NEW."also_counted_by", NEW."approved_on", NEW."area_m2", NEW."code", NEW."handed_over_on", NEW."household", NEW."id", NEW."labour_days", NEW."minutes", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."poverty_class", NEW."proposed_on", NEW."started_on", NEW."surveyed_on", NEW."unit_id", NEW."value_vnd", NEW."version", NEW."withdrawn_on", NEW."withdrawn_reason", NEW."work"); RETURN NULL;',
                    hash="8053aa9e2fc4946d4cd16d3adc73e947459d1380",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fe2c5",
                    table="homes_home",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="home",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."also_counted_by" IS DISTINCT FROM (NEW."also_counted_by") OR OLD."approved_on" IS DISTINCT FROM (NEW."approved_on") OR OLD."area_m2" IS DISTINCT FROM (NEW."area_m2") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."handed_over_on" IS DISTINCT FROM (NEW."handed_over_on") OR OLD."household" IS DISTINCT FROM (NEW."household") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."labour_days" IS DISTINCT FROM (NEW."labour_days") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."poverty_class" IS DISTINCT FROM (NEW."poverty_class") OR OLD."proposed_on" IS DISTINCT FROM (NEW."proposed_on") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."surveyed_on" IS DISTINCT FROM (NEW."surveyed_on") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."value_vnd" IS DISTINCT FROM (NEW."value_vnd") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."withdrawn_on" IS DISTINCT FROM (NEW."withdrawn_on") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason") OR OLD."work" IS DISTINCT FROM (NEW."work"))',
                    func='INSERT INTO "homes_homeevent" ("also_counted_by", "approved_on", "area_m2", "code", "handed_over_on", "household", "id", "labour_days", "minutes", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poverty_class", "proposed_on", "started_on", "surveyed_on", "unit_id", "value_vnd", "version", "withdrawn_on", "withdrawn_reason", "work") VALUES (NEW."also_counted_by", NEW."approved_on", NEW."area_m2", NEW."code", NEW."handed_over_on", NEW."household", NEW."id", NEW."labour_days", NEW."minutes", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."poverty_class", NEW."proposed_on", NEW."started_on", NEW."surveyed_on", NEW."unit_id", NEW."value_vnd", NEW."version", NEW."withdrawn_on", NEW."withdrawn_reason", NEW."work"); RETURN NULL;',
                    hash="23b90bcb89df9c98958fe0edcadc989f3fa428c9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_88d7e",
                    table="homes_home",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contributionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="32944b53ff6911f859570ad771a0e13c3a14c098",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b1dda",
                    table="homes_contributionevent",
                    when="BEFORE",
                ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="contribution",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "homes_contributionevent" ("amount_vnd", "funder", "home_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount_vnd", NEW."funder", NEW."home_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="e025b1a1cbbd575cd594b44736a7745ab536a68d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_18350",
                    table="homes_contribution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contribution",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "homes_contributionevent" ("amount_vnd", "funder", "home_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount_vnd", NEW."funder", NEW."home_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="6567c637ff66c6a48e71d9e41fe749bfc15c5116",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0b2d3",
                    table="homes_contribution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7a3663d803013a5bf5f8fde7fe92feda18f04a27",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1f4f9",
                    table="homes_homeevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
