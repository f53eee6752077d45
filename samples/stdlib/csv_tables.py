"""csv: readers, writers, dialects, mistakes."""

import csv
import io


def rows(text, **how):
    try:
        return list(csv.reader(io.StringIO(text, newline=""), **how))
    except Exception as error:
        return type(error).__name__, str(error)


for text in ("a,b,c\r\n1,2,3\n", 'a,"b,c",d\n', '"a ""quoted"" b",x', "a,,\n\n,b", '"line\nbreak",2', "a, b", '"a"b,c', '"open', "a\rb\n", ""):
    print(repr(text), rows(text))
print(rows("a;b|c", delimiter=";"), rows("a\tb", dialect="excel-tab"), rows("a, 'b, c'", quotechar="'", skipinitialspace=True))
print(rows("1,'x',\"2\"\n", quoting=csv.QUOTE_NONNUMERIC), rows('1,"2",3.5', quoting=csv.QUOTE_NONNUMERIC))
print(rows("a\\,b,c", escapechar="\\"), rows('a"b,c', quoting=csv.QUOTE_NONE), rows('"a"x', strict=True), rows('"a', strict=True))
print(rows('"a","",,1', quoting=csv.QUOTE_NOTNULL), rows('"a","",,1', quoting=csv.QUOTE_STRINGS), rows(["a"]) if 0 else "")
r = csv.reader(["a,b", '"c', 'd",e'])
for row in r:
    print(row, r.line_num)
print(r.dialect.delimiter, r.dialect.quotechar, repr(r.dialect.lineterminator), r.dialect.quoting)


def written(*rows, **how):
    out = io.StringIO(newline="")
    try:
        w = csv.writer(out, **how)
        for row in rows:
            w.writerow(row)
    except Exception as error:
        return type(error).__name__, str(error), out.getvalue()
    return out.getvalue()


row = ["a", 1, 2.5, None, "b,c", 'q"q', "n\nl", "", True, " s"]
print(repr(written(row)))
for quoting in range(6):
    print(quoting, repr(written(row, quoting=quoting, escapechar="\\")))
print(repr(written(row, quoting=csv.QUOTE_NONE)), repr(written([""])), repr(written([None])), repr(written([])), repr(written(["a,b"], quoting=csv.QUOTE_NONE)))
print(repr(written(["a", 'b"'], doublequote=False, escapechar="\\")), repr(written(["a", 'b"'], doublequote=False)), repr(written("abc", lineterminator="!")))
print(written(5), written([1], delimiter=",,"), written([1], delimiter=1), written([1], quotechar=None), written([1], quoting=9), written([1], nonsense=1))
d = csv.DictReader(io.StringIO("x,y\n1,2\n3\n4,5,6\n\n7,8\n"), restkey="more", restval="-")
print(d.fieldnames, list(d), d.line_num)
out = io.StringIO(newline="")
w = csv.DictWriter(out, ["x", "y"], restval="?", extrasaction="ignore")
print(w.writeheader(), w.writerow({"x": 1, "z": 2}), w.writerows([{"x": 1, "y": 2}]), repr(out.getvalue()))
try:
    csv.DictWriter(out, ["x"]).writerow({"x": 1, "q": 2})
except ValueError as error:
    print(error)


class Semi(csv.Dialect):
    delimiter = ";"
    quotechar = "'"
    lineterminator = "\n"
    quoting = csv.QUOTE_MINIMAL


csv.register_dialect("semi", Semi)
csv.register_dialect("pipe", delimiter="|")
print(sorted(csv.list_dialects()), rows("'a;b';c", dialect="semi"), rows("a|b", dialect="pipe"), repr(written(["a;b", 1], dialect=Semi)))
csv.unregister_dialect("pipe")
for name in ("pipe", 5):
    try:
        csv.get_dialect(name)
    except csv.Error as error:
        print(error)
print(csv.field_size_limit(), csv.field_size_limit(10), rows("a" * 11), csv.field_size_limit(131072))
print(csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter, csv.Sniffer().has_header("name,age\nbob,12\nann,13\n"))
try:
    next(csv.reader([b"a"]))
except csv.Error as error:
    print(error)
