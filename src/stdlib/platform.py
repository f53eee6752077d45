"""What this is running on."""

import os
import sys
from collections import namedtuple

uname_result = namedtuple("uname_result", "system node release version machine processor")


def uname():
    """System, node, release, version, machine, processor."""
    return uname_result(*os.uname(), "")


def _asking(field):
    """A function that gives one field of `uname`."""

    def ask():
        return getattr(uname(), field)

    ask.__name__ = ask.__qualname__ = field
    return ask


system, node, release, version, machine, processor = map(_asking, uname_result._fields)


def architecture(executable=None, bits="", linkage=""):
    return bits or "64bit", linkage or "ELF"


def platform(aliased=False, terse=False):
    """All of it in one text."""
    found = uname()
    parts = [found.system, found.release] if terse else [found.system, found.release, found.machine]
    return "-".join(part.replace(" ", "_") for part in parts if part)


def python_implementation():
    return {"cpython": "CPython"}.get(sys.implementation.name, sys.implementation.name)


def python_version():
    return "{}.{}.{}".format(*sys.version_info[:3])


def python_version_tuple():
    return tuple(python_version().split("."))


def python_branch():
    return ""


def python_revision():
    return ""


def python_build():
    return "", ""


def python_compiler():
    return ""


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    return lib, version


def mac_ver(release="", versioninfo=("", "", ""), machine=""):
    return release, versioninfo, machine


def win32_ver(release="", version="", csd="", ptype=""):
    return release, version, csd, ptype


def freedesktop_os_release():
    """What the distribution says of itself."""
    import shlex

    for path in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            with open(path, encoding="utf-8") as file:
                found = {"NAME": "Linux", "ID": "linux", "PRETTY_NAME": "Linux"}
                for line in file:
                    name, equals, value = line.strip().partition("=")
                    if equals and name.isidentifier():
                        found[name] = "".join(shlex.split(value))
                return found
        except OSError:
            continue
    raise OSError(2, "Unable to read files /etc/os-release, /usr/lib/os-release")
