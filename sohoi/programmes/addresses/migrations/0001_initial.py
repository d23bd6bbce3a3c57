import django.db.models.deletion
from django.db import migrations, models

import sohoi.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0002_time"),
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
        migrations.AddConstraint(
            model_name="training",
            constraint=models.CheckConstraint(
                condition=models.Q(("people__gt", 0)), name="addresses_training_attended"
            ),
        ),
    ]
