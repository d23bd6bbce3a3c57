"""PostgreSQL refuses to run as root: when we are root it runs as a system user made for it."""

import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path

NAME = "sohoi-pg"


@cache
def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    with suppress(KeyError):
        return pwd.getpwnam(NAME)
    if shutil.which("useradd"):
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
            check=False,
            capture_output=True,
        )
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise OSError(
            f"PostgreSQL không chạy được bằng quyền root và không tạo được người dùng {NAME}; "
            "hãy chạy bằng một tài khoản thường"
        ) from None


def identity() -> dict:
    """Arguments for subprocess.run."""
    account = _account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def owners() -> set[int]:
    """Who may own a folder of the server."""
    account = _account()
    return {os.geteuid(), account.pw_uid} if account else {os.geteuid()}


def give(folder: Path, programs: Path) -> None:
    """Let the server's user own `folder`, reach it, and reach and read the programs."""
    account = _account()
    if not account:
        return
    os.chown(folder, account.pw_uid, account.pw_gid)
    # Passing through is enough; nobody gets to list what lies on the way.
    for passed in {*folder.parents, *programs.parents}:
        if not passed.stat().st_mode & 0o001:
            passed.chmod(passed.stat().st_mode | 0o001)
    if programs.stat().st_mode & 0o005 != 0o005:
        for path in (programs.parent, *programs.parent.rglob("*")):
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(path.stat().st_mode | (0o055 if runs else 0o044))
