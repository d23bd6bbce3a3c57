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
            name="ExemplarEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=sohoi.lib.ids.uuid7, editable=False, serialize=False),
                ),
                ("code", models.CharField(max_length=20, verbose_name="mã")),
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
                        to="exemplars.exemplar",
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
        migrations.CreateModel(
            name="PublicationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=sohoi.lib.ids.uuid7, editable=False, serialize=False),
                ),
                ("code", models.CharField(max_length=20, verbose_name="mã")),
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
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="exemplars.exemplar",
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
                        to="exemplars.publication",
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
        pgtrigger.migrations.AddTrigger(
            model_name="exemplar",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "exemplars_exemplarevent" ("code", "consent_note", "consent_on", "field", "found_on", "id", "introduced_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publicised_on", "replicated_on", "replicated_to", "summary", "title", "unit_id", "version") VALUES (NEW."code", NEW."consent_note", NEW."consent_on", NEW."field", NEW."found_on", NEW."id", NEW."introduced_on", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."publicised_on", NEW."replicated_on", NEW."replicated_to", NEW."summary", NEW."title", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="5f7e7ecd5ab5401a0acef693206009dfe64645e7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8f5db",
                    table="exemplars_exemplar",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exemplar",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."consent_note" IS DISTINCT FROM (NEW."consent_note") OR OLD."consent_on" IS DISTINCT FROM (NEW."consent_on") OR OLD."field" IS DISTINCT FROM (NEW."field") OR OLD."found_on" IS DISTINCT FROM (NEW."found_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."introduced_on" IS DISTINCT FROM (NEW."introduced_on") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."publicised_on" IS DISTINCT FROM (NEW."publicised_on") OR OLD."replicated_on" IS DISTINCT FROM (NEW."replicated_on") OR OLD."replicated_to" IS DISTINCT FROM (NEW."replicated_to") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "exemplars_exemplarevent" ("code", "consent_note", "consent_on", "field", "found_on", "id", "introduced_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publicised_on", "replicated_on", "replicated_to", "summary", "title", "unit_id", "version") VALUES (NEW."code", NEW."consent_note", NEW."consent_on", NEW."field", NEW."found_on", NEW."id", NEW."introduced_on", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."publicised_on", NEW."replicated_on", NEW."replicated_to", NEW."summary", NEW."title", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="cef3a3bcfbaba270c7398684c8628d5aa07c787a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5b5a9",
                    table="exemplars_exemplar",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exemplarevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f2be8c9b9c89752caae7675205d9ab999a2fb63e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_57486",
                    table="exemplars_exemplarevent",
                    when="BEFORE",
                ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "exemplars_publicationevent" ("channel", "code", "exemplar_id", "id", "link", "outlet", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "title", "unit_id") VALUES (NEW."channel", NEW."code", NEW."exemplar_id", NEW."id", NEW."link", NEW."outlet", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_on", NEW."title", NEW."unit_id"); RETURN NULL;',
                    hash="5aa17fc1197de0361281c635b301ad412fb4cf45",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_91298",
                    table="exemplars_publication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "exemplars_publicationevent" ("channel", "code", "exemplar_id", "id", "link", "outlet", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "title", "unit_id") VALUES (NEW."channel", NEW."code", NEW."exemplar_id", NEW."id", NEW."link", NEW."outlet", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_on", NEW."title", NEW."unit_id"); RETURN NULL;',
                    hash="5a27844bb7b284555815ab9cff91ae611f9ed7fe",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_54829",
                    table="exemplars_publication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publicationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e6ae8d1928e8eb58b15c764071ceae9d085fb10b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6dde0",
                    table="exemplars_publicationevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
