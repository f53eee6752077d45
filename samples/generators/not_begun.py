"""A generator that was never begun runs none of its body when it goes, also if somebody has looked at its frame."""


def body():
    try:
        print("begins")
        yield
    finally:
        print("ends")


plain = body()
del plain
looked = body()
print(looked.gi_frame is None, looked.gi_suspended)
del looked
kept = body()
frame = kept.gi_frame
del kept
print(frame.f_locals)
sent = body()
try:
    sent.send(1)
except TypeError as error:
    print(error)
print(sent.gi_frame.f_lineno, sent.gi_running)
del sent
closed = body()
closed.gi_frame
closed.close()
print(list(closed), closed.gi_frame)
