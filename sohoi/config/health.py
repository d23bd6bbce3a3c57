"""The health of an installation: each check says what it found and what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection

from sohoi.audit import triggers
from sohoi.audit.history import kept_models
from sohoi.config import server
from sohoi.figures.catalogue.queries import catalogue, passes
from sohoi.figures.engine.recount import recount
from sohoi.figures.models import IndicatorDefinition, SourceKind
from sohoi.kit import rooms
from sohoi.org.models import Installation, Unit
from sohoi.ui import assets

# The server folds every second; so many wait only where none has run for long.
MOST_WAITING = 500_000


@dataclass(frozen=True)
class Finding:
    """One check: its name, whether all is well, and otherwise what to do."""

    name: str
    ok: bool
    text: str


def examine() -> Iterator[Finding]:
    """Cheap checks first; without tables the checks of the data are left out."""
    yield _configuration()
    yield _files()
    yield _database()
    pending = server.pending_migrations()
    yield Finding("migrations", not pending, str(server.NOT_PREPARED) if pending else "đã đủ")
    if pending:
        return
    yield _secret()
    yield _history()
    yield _units()
    yield _indicators()
    yield _figures()
    yield _waiting()


def _configuration() -> Finding:
    found = [m for m in checks.run_checks() if m.level >= checks.ERROR]
    return Finding("configuration", not found, "; ".join(str(m) for m in found) or "không có lỗi")


def _files() -> Finding:
    lost = assets.missing(Path(settings.STATIC_ROOT))
    hint = f"thiếu {', '.join(lost)} trong {settings.STATIC_ROOT}: xoá thư mục ấy rồi chạy lại"
    return Finding("static files", not lost, hint if lost else "đã đủ")


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
    return Finding("database", number >= 150000, f"PostgreSQL {number // 10000}, cần từ 15 trở lên")


def _secret() -> Finding:
    safe = settings.SECRET_KEY != settings.INSECURE_KEY or Installation.here().demo
    text = "đã đặt" if safe else "Đặt SOHOI_SECRET_KEY bằng một chuỗi ngẫu nhiên dài từ 50 ký tự."
    return Finding("secret key", safe, text)


def _history() -> Finding:
    lost = triggers.missing()
    text = f"{len(kept_models())} loại dữ liệu được giữ lịch sử"
    if lost:
        text += f"; đang ghi mà không có lịch sử: {', '.join(lost)}: chạy “sohoi manage migrate”"
    return Finding("history", not lost, text)


def _units() -> Finding:
    orphans = _count(
        """SELECT count(*) FROM org_unitversion AS child
            WHERE child.valid_to IS NULL AND child.parent_id IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM org_unitversion AS parent
               WHERE parent.unit_id = child.parent_id AND parent.valid_to IS NULL)"""
    )
    text = f"{Unit.objects.count()} đơn vị"
    if orphans:
        text += f"; {orphans} đơn vị có cấp trên đã hết hiệu lực: xếp lại đơn vị cấp trên"
    return Finding("units", not orphans, text)


def _indicators() -> Finding:
    rows, coded = {row.key: row for row in IndicatorDefinition.objects.all()}, rooms.indicators()
    lost = rows.keys() - catalogue().keys()
    # What units declared under the key is another figure than the one that the room counts.
    declared = [row for row in rows.values() if row.source == SourceKind.DECLARED]
    other = [r.key for r in declared if r.key in coded and not passes(r, coded[r.key])]
    text = f"{len(catalogue())} chỉ tiêu"
    if lost:
        text += f"; không tính được vì thiếu chỉ tiêu thành phần: {', '.join(sorted(lost))}"
    if other:
        why = "khác loại, khác đơn vị tính với sổ, hoặc của riêng một đơn vị"
        text += f"; số đã khai {why}: {', '.join(sorted(other))}"
    return Finding("indicators", not lost and not other, text)


def _figures() -> Finding:
    cells, differences = recount()
    text = f"{cells} ô đếm lại từ hồ sơ, {len(differences)} ô khác"
    return Finding("figures", not differences, text)


def _waiting() -> Finding:
    waiting = _count("SELECT count(*) FROM figures_delta")
    text = f"{waiting} thay đổi chờ gộp vào tổng"
    if waiting > MOST_WAITING:
        text += ": số liệu vẫn đúng nhưng chậm dần; xem “sohoi serve” có đang chạy không"
    return Finding("waiting changes", waiting <= MOST_WAITING, text)


def _count(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
