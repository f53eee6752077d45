"""Methods of strings, one after the other: splitting, joining, searching, stripping, case, tests, slices."""

LINE = "2026-11-26 21:15:07 INFO  worker-17: request /index.html took 42 ms, status=200, bytes=5120  \n"


def fields(line):
    date, time, level, rest = line.strip().split(None, 3)
    name, _, message = rest.partition(": ")
    pairs = [part.split("=", 1) for part in message.split(", ") if "=" in part]
    return date.replace("-", ""), time[:5], level.lower(), name.rsplit("-", 1)[1], dict(pairs)


def main():
    total = 0
    for n in range(90_000):
        date, time, level, worker, pairs = fields(LINE)
        if level.startswith("info") and worker.isdigit() and not time.endswith("99"):
            total += int(worker) + int(pairs["bytes"]) + LINE.find("took") + LINE.count("/")
        words = LINE.upper().split()
        total += len("|".join(words)) + len(date.zfill(10)) + len(words[-1].ljust(20)) + ("took" in LINE)
        total += len(LINE[n % 20 :][::-1].title())
    print(total)


main()
