"""`make demo-reset`: throw the demo's data away, so that the next `make demo` begins anew."""

import os
import shutil
import sys
from pathlib import Path

from sohoi.config.embedded import DatabaseInUse, stop
from sohoi.config.launcher import ROOT

PARTS = ("pg", "demo", "media")


def reset(var: Path) -> None:
    stop(var)
    for part in PARTS:
        shutil.rmtree(var / part, ignore_errors=True)


def main() -> int:
    if os.environ.get("DATABASE_URL"):
        print(
            "DATABASE_URL đang chỉ một máy chủ thật: hãy tự xoá cơ sở dữ liệu ấy, "
            "hoặc bỏ DATABASE_URL rồi chạy lại.",
            file=sys.stderr,
        )
        return 2
    try:
        reset(Path(os.environ.get("SOHOI_VAR") or ROOT / "var"))
    except DatabaseInUse:
        print(
            "Dữ liệu đang được dùng: hãy dừng chương trình Sổ Hội còn mở (Ctrl-C) rồi chạy lại.",
            file=sys.stderr,
        )
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
