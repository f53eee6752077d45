# oracle: 3.13
"""Names of files that are not UTF-8: what is no text becomes lone surrogates, and goes back as the byte it was."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

here = os.getcwd()
directory = tempfile.mkdtemp()
os.chdir(directory)
name = os.fsdecode(b"na\xffme\xfe.txt")
print(ascii(name), os.fsencode(name))
with open(b"na\xffme\xfe.txt", "w") as file:
    file.write("hi")
with open(name) as file:
    print(file.read())
print(ascii(os.listdir(".")), os.listdir(b"."), os.path.exists(name), os.stat(name).st_size)
print(ascii([(entry.name, entry.is_file()) for entry in os.scandir(".")]), ascii(list(os.walk("."))))
path = next(pathlib.Path(".").iterdir())
print(ascii(path.name), bytes(path), path.read_text())
os.rename(name, "x\udc80")
os.symlink("x\udc80", "l\udc81")
print(ascii(os.readlink("l\udc81")), os.readlink(b"l\x81"), ascii(sorted(os.listdir("."))))
os.mkdir("d\udcf0")
os.chdir("d\udcf0")
print(ascii(os.path.basename(os.getcwd())), os.path.basename(os.getcwdb()))
os.chdir(directory)
for wanted in "no\udcff", b"no\xff", "a\ud800":
    try:
        open(wanted)
    except (OSError, UnicodeEncodeError) as error:
        print(type(error).__name__, ascii(str(error)))
os.environ["V\udcfe"] = "v\udcff"
print(ascii(os.environ["V\udcfe"]), os.environb[b"V\xfe"])
print(subprocess.run(["printf", "%s", "a\udcff"], capture_output=True).stdout)
told = subprocess.run([sys.executable, "-c", "import sys; print(ascii(sys.argv[1:]))", "q\udcff", b"w\xfe"], capture_output=True)
print(told.stdout)
os.chdir(here)
shutil.rmtree(directory)
print(os.path.exists(directory))
