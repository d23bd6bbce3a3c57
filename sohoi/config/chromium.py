"""Where Chromium is, for the browser journeys."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome")


class ChromiumMissing(Exception):
    """There is no Chromium; the message tells how to get one."""


def find() -> str:
    """The path of the browser: $CHROMIUM, or the first of the usual names."""
    chosen = os.environ.get("CHROMIUM")
    for name in (chosen,) if chosen else NAMES:
        if path := shutil.which(name):
            return path
    if chosen:
        raise ChromiumMissing(f"CHROMIUM={chosen}: no such program.")
    raise ChromiumMissing(
        "Chromium is missing: “sudo apt-get install chromium”, or name one with CHROMIUM=/path."
    )


def install() -> None:
    """Install Debian's Chromium where we may: as root, with apt, and only if there is none."""
    try:
        find()
    except ChromiumMissing:
        if os.environ.get("CHROMIUM") or os.geteuid() != 0 or not shutil.which("apt-get"):
            raise
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *step], check=False, env=environment)
        find()
