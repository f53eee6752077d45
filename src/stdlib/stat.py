"""The numbers that `os.stat` answers with, and what they mean."""

ST_MODE, ST_INO, ST_DEV, ST_NLINK, ST_UID, ST_GID, ST_SIZE, ST_ATIME, ST_MTIME, ST_CTIME = range(10)

S_IFSOCK = 0o140000
S_IFLNK = 0o120000
S_IFREG = 0o100000
S_IFBLK = 0o060000
S_IFDIR = 0o040000
S_IFCHR = 0o020000
S_IFIFO = 0o010000
S_IFDOOR = S_IFPORT = S_IFWHT = 0

S_ISUID = 0o4000
S_ISGID = S_ENFMT = 0o2000
S_ISVTX = 0o1000
S_IRWXU = 0o700
S_IRUSR = S_IREAD = 0o400
S_IWUSR = S_IWRITE = 0o200
S_IXUSR = S_IEXEC = 0o100
S_IRWXG = 0o070
S_IRGRP = 0o040
S_IWGRP = 0o020
S_IXGRP = 0o010
S_IRWXO = 0o007
S_IROTH = 0o004
S_IWOTH = 0o002
S_IXOTH = 0o001


def S_IMODE(mode):
    """The permission bits."""
    return mode & 0o7777


def S_IFMT(mode):
    """The bits that say what sort of file it is."""
    return mode & 0o170000


def _asks_for(kind):
    """A function that tells whether a mode is that of such a file; of kinds that are not known here, none is."""

    def is_such(mode):
        return bool(kind) and S_IFMT(mode) == kind

    return is_such


S_ISDIR, S_ISREG, S_ISLNK, S_ISFIFO = map(_asks_for, (S_IFDIR, S_IFREG, S_IFLNK, S_IFIFO))
S_ISCHR, S_ISBLK, S_ISSOCK = map(_asks_for, (S_IFCHR, S_IFBLK, S_IFSOCK))
S_ISDOOR, S_ISPORT, S_ISWHT = map(_asks_for, (S_IFDOOR, S_IFPORT, S_IFWHT))

_KINDS = {S_IFLNK: "l", S_IFSOCK: "s", S_IFREG: "-", S_IFBLK: "b", S_IFDIR: "d", S_IFCHR: "c", S_IFIFO: "p"}


def filemode(mode):
    """The mode as `ls -l` shows it."""
    letters = [_KINDS.get(S_IFMT(mode), "?")]
    for at, (special, sign) in enumerate(((S_ISUID, "s"), (S_ISGID, "s"), (S_ISVTX, "t"))):
        bits = mode >> 6 - 3 * at
        letters.append("r" if bits & 4 else "-")
        letters.append("w" if bits & 2 else "-")
        if mode & special:
            letters.append(sign if bits & 1 else sign.upper())
        else:
            letters.append("x" if bits & 1 else "-")
    return "".join(letters)
