"""Text and bytes in memory as files: places, line ends, what derived classes see, states, exported memory."""
import copy
import io
import pickle


def tell(what):
    try:
        print(repr(what()))
    except Exception as error:
        print(type(error).__name__, error)


for newline in (None, "", "\n", "\r", "\r\n"):
    file = io.StringIO("a\r\nb\nc\rd", newline=newline)
    print(repr(newline), repr(file.getvalue()), file.newlines, list(file))
    file.seek(0)
    print(file.write("x\r\ny\n\r"), file.tell(), repr(file.getvalue()), file.newlines)
    file = io.StringIO("a\r", newline=newline)
    file.seek(0, 2)
    file.write("\nb")
    file.seek(0)
    print(file.readlines(), file.seek(0), [file.readline(2), file.readline(1), file.readline(0), file.readline(5)])

file = io.StringIO("héllo wörld\nzwei\n")
print(file.seek(8), file.read(3), file.readline(), file.tell(), file.seek(1), file.write("ab"), file.getvalue())
print(file.truncate(5), file.getvalue(), file.tell(), file.seek(8), file.write("é"), repr(file.getvalue()), repr(file.read()))


class Loud(io.StringIO):
    def readline(self, size=-1):
        print("readline")
        return super().readline(size)

    def close(self):
        print("close")
        super().close()


loud = Loud("one\ntwo")
print(next(loud), list(loud))
del loud

for cls, text in ((io.StringIO, "abc\nd"), (io.BytesIO, b"abc\nd")):
    file = cls(text)
    tell(lambda: file.read("a"))
    tell(lambda: file.seek(-1))
    tell(lambda: file.seek(0, 5))
    tell(lambda: file.truncate(-1))
    tell(lambda: file.write(3))
    tell(lambda: cls(3))
    tell(lambda: cls(text, newline="x"))
    tell(lambda: file.writelines(3))
    tell(lambda: file.writelines([text, text]))
    tell(lambda: (file.tell(), file.getvalue()))
    file.seek(1)
    file.name = "some"
    for again in (pickle.loads(pickle.dumps(file)), copy.copy(file)):
        tell(lambda: (again.getvalue(), again.tell(), again.name))
    tell(lambda: file.__setstate__((text,)))
    file.close()
    tell(file.read)
    tell(lambda: file.write(text))
    tell(lambda: next(file))
    tell(lambda: file.closed)
    tell(cls.__new__(cls).read)

file = io.BytesIO(b"hello")
view = file.getbuffer()
tell(lambda: file.write(b"much more"))
tell(file.close)
view[0] = 72
view.release()
print(file.getvalue(), file.readline(), file.seek(2, 1), file.write(b"!"), file.getvalue(), file.seek(0), file.readlines(1))
