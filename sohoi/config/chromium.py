"""Where Chromium is, for the browser journeys."""

import os
import shutil
import subprocess

# Debian's browser without windows: the same engine for half the processor time.
LIGHT = "chromium-headless-shell"
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome")


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
    """Install a browser where we may: as root, with apt, if there is none; in CI also if there is
    only a heavier one, which then has to do where the lighter cannot be had."""
    if shutil.which(os.environ.get("CHROMIUM") or LIGHT):
        return
    try:
        find()
        enough = not os.environ.get("CI")
    except ChromiumMissing:
        enough = False
    if enough or os.environ.get("CHROMIUM") or os.geteuid() != 0 or not shutil.which("apt-get"):
        find()
        return
    _apt("update")
    _apt("install", "--yes", "--no-install-recommends", LIGHT)
    try:
        find()
    except ChromiumMissing:
        _apt("install", "--yes", "--no-install-recommends", "chromium")
        find()


def _apt(*words: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *words], check=False, env=environment)
