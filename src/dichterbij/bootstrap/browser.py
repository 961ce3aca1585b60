"""Chromium for the browser tests: installs Debian's where it may, otherwise says how. Standard library only."""

import os
import shutil
import subprocess
import sys

HOW = "Browser tests are skipped: install chromium (Debian, Ubuntu: `sudo apt-get install chromium`) and run again."


def main() -> None:
    """Exit code 0 either way: tests that need a browser skip by name where there is none."""
    if shutil.which(os.environ.get("CHROMIUM") or "chromium"):
        return
    if os.getuid() != 0 or not shutil.which("apt-get"):
        print(HOW, file=sys.stderr)
        return
    print("[set-up] installing Debian's chromium for the browser tests", file=sys.stderr, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
    for command in commands:
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(*done.stderr.strip().splitlines()[-2:], HOW, sep="\n", file=sys.stderr)
            return


if __name__ == "__main__":
    main()
