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
            name="Exemplar",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("model", "Mô hình, cách làm"),
                            ("person", "Gương cá nhân"),
                            ("collective", "Gương tập thể"),
                        ],
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="tên")),
                ("search_key", models.CharField(max_length=260)),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("economy", "Phát triển kinh tế"),
                            ("family", "Xây dựng gia đình"),
                            ("security", "An ninh, pháp luật"),
                            ("environment", "Môi trường, nông thôn mới"),
                            ("digital", "Chuyển đổi số"),
                            ("charity", "An sinh, từ thiện"),
                            ("learning", "Giáo dục, sức khoẻ"),
                            ("other", "Lĩnh vực khác"),
                        ],
                        max_length=12,
                        verbose_name="lĩnh vực",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=4000, verbose_name="tóm tắt")),
                ("found_on", models.DateField(verbose_name="ngày phát hiện")),
                ("introduced_on", models.DateField(null=True, verbose_name="ngày giới thiệu")),
                (
                    "publicised_on",
                    models.DateField(null=True, verbose_name="ngày tuyên truyền đầu tiên"),
                ),
                ("replicated_on", models.DateField(null=True, verbose_name="ngày nhân rộng")),
                (
                    "replicated_to",
                    models.CharField(blank=True, max_length=300, verbose_name="nơi nhân rộng"),
                ),
                ("consent_on", models.DateField(null=True, verbose_name="ngày đồng ý nêu tên")),
                (
                    "consent_note",
                    models.CharField(blank=True, max_length=300, verbose_name="hình thức đồng ý"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                replicated_on__isnull=False, then=models.Value("replicated")
                            ),
                            models.When(
                                publicised_on__isnull=False, then=models.Value("publicised")
                            ),
                            models.When(
                                introduced_on__isnull=False, then=models.Value("introduced")
                            ),
                            models.When(found_on__isnull=False, then=models.Value("found")),
                        ),
                        output_field=models.CharField(
                            choices=[
                                ("found", "Phát hiện"),
                                ("introduced", "Đã giới thiệu"),
                                ("publicised", "Đã tuyên truyền"),
                                ("replicated", "Đã nhân rộng"),
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
            name="Publication",
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
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("newspaper", "Báo"),
                            ("radio_tv", "Đài phát thanh, truyền hình"),
                            ("portal", "Trang thông tin điện tử"),
                            ("facebook", "Facebook"),
                            ("zalo", "Zalo"),
                        ],
                        max_length=10,
                        verbose_name="kênh",
                    ),
                ),
                (
                    "outlet",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="tên báo, đài, trang"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="tên bài")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="đường dẫn")),
                ("published_on", models.DateField(verbose_name="ngày đăng")),
                (
                    "exemplar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="exemplars.exemplar",
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
        migrations.AddIndex(
            model_name="exemplar",
            index=models.Index(fields=["unit", "introduced_on"], name="exemplars_unit_introduced"),
        ),
        migrations.AddIndex(
            model_name="exemplar",
            index=models.Index(fields=["unit", "publicised_on"], name="exemplars_unit_publicised"),
        ),
        migrations.AddConstraint(
            model_name="exemplar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("introduced_on", None),
                    ("introduced_on__gte", models.F("found_on")),
                    _connector="OR",
                ),
                name="exemplars_introduced_after_found",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemplar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publicised_on", None),
                    models.Q(
                        ("introduced_on__isnull", False),
                        ("publicised_on__gte", models.F("introduced_on")),
                    ),
                    _connector="OR",
                ),
                name="exemplars_publicised_after_introduced",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemplar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replicated_on", None),
                    models.Q(
                        ("introduced_on__isnull", False),
                        ("replicated_on__gte", models.F("introduced_on")),
                    ),
                    _connector="OR",
                ),
                name="exemplars_replicated_after_introduced",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemplar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "person"), _negated=True),
                    ("publicised_on", None),
                    ("consent_on__isnull", False),
                    _connector="OR",
                ),
                name="exemplars_person_with_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemplar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "field__in",
                        [
                            "economy",
                            "family",
                            "security",
                            "environment",
                            "digital",
                            "charity",
                            "learning",
                            "other",
                        ],
                    ),
                    ("kind__in", ["model", "person", "collective"]),
                ),
                name="exemplars_known_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemplar",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="exemplars_titled"
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["unit", "published_on"], name="exemplars_published"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ["newspaper", "radio_tv", "portal", "facebook", "zalo"])
                ),
                name="exemplars_known_channel",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("link", ""), ("link__iregex", "^https?://"), _connector="OR"),
                name="exemplars_plain_link",
            ),
        ),
    ]
