import django.db.models.deletion
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
            name="Address",
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
                ("name", models.CharField(max_length=120, verbose_name="tên")),
                ("search_key", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("collective", "Tập thể"),
                            ("individual", "Cá nhân"),
                            ("shelter_team", "Đội ngũ Nhà tạm lánh"),
                        ],
                        max_length=15,
                        verbose_name="loại",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="số quyết định thành lập"
                    ),
                ),
                ("founded_on", models.DateField(verbose_name="ngày thành lập")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="nơi đặt")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="điện thoại")),
                ("capacity", models.PositiveSmallIntegerField(null=True, verbose_name="sức chứa")),
                ("closed_on", models.DateField(null=True, verbose_name="ngày kết thúc")),
                (
                    "closed_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="lý do kết thúc"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(closed_on__isnull=False, then=models.Value("closed")),
                            default=models.Value("active"),
                        ),
                        output_field=models.CharField(
                            choices=[("active", "Đang hoạt động"), ("closed", "Đã kết thúc")],
                            max_length=10,
                            verbose_name="tình trạng",
                        ),
                    ),
                ),
                (
                    "is_shelter",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(("kind", "shelter_team")),
                        output_field=models.BooleanField(),
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
            name="AddressEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=sohoi.lib.ids.uuid7, editable=False, serialize=False),
                ),
                ("code", models.CharField(max_length=20, verbose_name="mã")),
                ("name", models.CharField(max_length=120, verbose_name="tên")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("collective", "Tập thể"),
                            ("individual", "Cá nhân"),
                            ("shelter_team", "Đội ngũ Nhà tạm lánh"),
                        ],
                        max_length=15,
                        verbose_name="loại",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="số quyết định thành lập"
                    ),
                ),
                ("founded_on", models.DateField(verbose_name="ngày thành lập")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="nơi đặt")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="điện thoại")),
                ("capacity", models.PositiveSmallIntegerField(null=True, verbose_name="sức chứa")),
                ("closed_on", models.DateField(null=True, verbose_name="ngày kết thúc")),
                (
                    "closed_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="lý do kết thúc"),
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
                        to="addresses.address",
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
        migrations.CreateModel(
            name="Member",
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
                ("is_shelter", models.BooleanField()),
                ("full_name", models.CharField(max_length=120, verbose_name="họ và tên")),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("female", "Nữ"), ("male", "Nam")],
                        max_length=10,
                        verbose_name="giới tính",
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("union", "Hội Phụ nữ"),
                            ("police", "Công an"),
                            ("justice", "Tư pháp"),
                            ("health", "Y tế"),
                            ("hamlet_head", "Trưởng ấp, khóm"),
                            ("respected", "Người có uy tín"),
                            ("other", "Khác"),
                        ],
                        max_length=15,
                        verbose_name="cơ quan, thành phần",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("contact", "Đầu mối"), ("member", "Thành viên")],
                        max_length=10,
                        verbose_name="vai trò",
                    ),
                ),
                ("joined_on", models.DateField(verbose_name="ngày tham gia")),
                ("left_on", models.DateField(null=True, verbose_name="ngày thôi")),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="addresses.address",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MemberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=sohoi.lib.ids.uuid7, editable=False, serialize=False),
                ),
                ("code", models.CharField(max_length=20, verbose_name="mã")),
                ("full_name", models.CharField(max_length=120, verbose_name="họ và tên")),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("female", "Nữ"), ("male", "Nam")],
                        max_length=10,
                        verbose_name="giới tính",
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("union", "Hội Phụ nữ"),
                            ("police", "Công an"),
                            ("justice", "Tư pháp"),
                            ("health", "Y tế"),
                            ("hamlet_head", "Trưởng ấp, khóm"),
                            ("respected", "Người có uy tín"),
                            ("other", "Khác"),
                        ],
                        max_length=15,
                        verbose_name="cơ quan, thành phần",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("contact", "Đầu mối"), ("member", "Thành viên")],
                        max_length=10,
                        verbose_name="vai trò",
                    ),
                ),
                ("joined_on", models.DateField(verbose_name="ngày tham gia")),
                ("left_on", models.DateField(null=True, verbose_name="ngày thôi")),
                (
                    "address",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="addresses.address",
                    ),
                ),
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
                        to="addresses.member",
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
        migrations.CreateModel(
            name="Review",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                (
                    "result",
                    models.CharField(
                        choices=[("active", "Hoạt động tốt"), ("needs_support", "Cần hỗ trợ thêm")],
                        max_length=15,
                        verbose_name="kết quả",
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="addresses.address",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=sohoi.lib.ids.uuid7, editable=False, serialize=False),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                (
                    "result",
                    models.CharField(
                        choices=[("active", "Hoạt động tốt"), ("needs_support", "Cần hỗ trợ thêm")],
                        max_length=15,
                        verbose_name="kết quả",
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="addresses.address",
                    ),
                ),
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
                        to="addresses.review",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Training",
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
                ("held_on", models.DateField(verbose_name="ngày")),
                ("topic", models.CharField(max_length=200, verbose_name="nội dung")),
                ("people", models.PositiveSmallIntegerField(verbose_name="số người dự")),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trainings",
                        to="addresses.address",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TrainingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=sohoi.lib.ids.uuid7, editable=False, serialize=False),
                ),
                ("held_on", models.DateField(verbose_name="ngày")),
                ("topic", models.CharField(max_length=200, verbose_name="nội dung")),
                ("people", models.PositiveSmallIntegerField(verbose_name="số người dự")),
                (
                    "address",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="addresses.address",
                    ),
                ),
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
                        to="addresses.training",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(fields=["unit", "founded_on"], name="addresses_unit_founded"),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.UniqueConstraint(
                fields=("id", "unit", "is_shelter"), name="addresses_repeated_by_members"
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "shelter_team"), _negated=True),
                    models.Q(("capacity", None), ("phone", ""), ("place", "")),
                    _connector="OR",
                ),
                name="addresses_shelter_has_no_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on", None), ("closed_reason", "")),
                    models.Q(
                        ("closed_on__gte", models.F("founded_on")),
                        ("closed_on__isnull", False),
                        models.Q(("closed_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="addresses_closed_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["collective", "individual", "shelter_team"])),
                name="addresses_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="addresses_named"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="address",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "addresses_addressevent" ("capacity", "closed_on", "closed_reason", "code", "decision", "founded_on", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place", "unit_id", "version") VALUES (NEW."capacity", NEW."closed_on", NEW."closed_reason", NEW."code", NEW."decision", NEW."founded_on", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."place", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="71e5882426aec2271775c4a3e57778119a069fc6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1230d",
                    table="addresses_address",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="address",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."closed_reason" IS DISTINCT FROM (NEW."closed_reason") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."founded_on" IS DISTINCT FROM (NEW."founded_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "addresses_addressevent" ("capacity", "closed_on", "closed_reason", "code", "decision", "founded_on", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place", "unit_id", "version") VALUES (NEW."capacity", NEW."closed_on", NEW."closed_reason", NEW."code", NEW."decision", NEW."founded_on", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."place", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="3fb345d426bd48d428162f0721ac0987bf5086c7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_db928",
                    table="addresses_address",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addressevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5331d0fd50147d41ef2f0ce5447c8ab979cd32ca",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_135b5",
                    table="addresses_addressevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["unit", "joined_on"], name="addresses_member_unit"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on", None), ("left_on__gte", models.F("joined_on")), _connector="OR"
                ),
                name="addresses_member_left_after_joining",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "body__in",
                        [
                            "union",
                            "police",
                            "justice",
                            "health",
                            "hamlet_head",
                            "respected",
                            "other",
                        ],
                    ),
                    ("role__in", ["contact", "member"]),
                    ("gender__in", ["", "female", "male"]),
                ),
                name="addresses_member_known_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("full_name", ""), _negated=True), name="addresses_member_named"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="member",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "addresses_memberevent" ("address_id", "body", "code", "full_name", "gender", "id", "joined_on", "left_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "unit_id") VALUES (NEW."address_id", NEW."body", NEW."code", NEW."full_name", NEW."gender", NEW."id", NEW."joined_on", NEW."left_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."unit_id"); RETURN NULL;',
                    hash="9f6fcec77a0f96ed3f2a47f566072403fdbb7802",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_33863",
                    table="addresses_member",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="member",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address_id" IS DISTINCT FROM (NEW."address_id") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."gender" IS DISTINCT FROM (NEW."gender") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."joined_on" IS DISTINCT FROM (NEW."joined_on") OR OLD."left_on" IS DISTINCT FROM (NEW."left_on") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))',
                    func='INSERT INTO "addresses_memberevent" ("address_id", "body", "code", "full_name", "gender", "id", "joined_on", "left_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "unit_id") VALUES (NEW."address_id", NEW."body", NEW."code", NEW."full_name", NEW."gender", NEW."id", NEW."joined_on", NEW."left_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."unit_id"); RETURN NULL;',
                    hash="5dbe06d88c63f3317b4473dfd1d6707447ffba6f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_072f5",
                    table="addresses_member",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="memberevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7b4cd4908f4aa69b73db70a0875506185086e00f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_83d88",
                    table="addresses_memberevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("address", "year"), name="addresses_one_review_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", ["active", "needs_support"])),
                name="addresses_review_known_result",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "addresses_reviewevent" ("address_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result", "year") VALUES (NEW."address_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."result", NEW."year"); RETURN NULL;',
                    hash="cd129dab288407e62086bd317a95133ab5cfe0ce",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f0528",
                    table="addresses_review",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "addresses_reviewevent" ("address_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result", "year") VALUES (NEW."address_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."result", NEW."year"); RETURN NULL;',
                    hash="4802bed596f6e7023edd759864062cb3a20f9489",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8e556",
                    table="addresses_review",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="25f0c2136fbcbe6ea7f1f36217e121da955300b7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4ef51",
                    table="addresses_reviewevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.CheckConstraint(
                condition=models.Q(("people__gt", 0)), name="addresses_training_attended"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="training",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "addresses_trainingevent" ("address_id", "held_on", "id", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic") VALUES (NEW."address_id", NEW."held_on", NEW."id", NEW."people", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."topic"); RETURN NULL;',
                    hash="7f6a6a8a49288776a4026a1e6908f1be85a1515a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e41af",
                    table="addresses_training",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="training",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "addresses_trainingevent" ("address_id", "held_on", "id", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic") VALUES (NEW."address_id", NEW."held_on", NEW."id", NEW."people", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."topic"); RETURN NULL;',
                    hash="3f4bc4689bebe6c646bd48368589a14ece60e580",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c7b65",
                    table="addresses_training",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cac5eeb7286ed4270c109879d2bd4496569da2f7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e7626",
                    table="addresses_trainingevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
