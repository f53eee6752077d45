"""A memoryview shares the bytes it shows: writing through it changes them, and while it lives they keep their number."""

data = bytearray(b"abcdefgh")
view = memoryview(data)
view[0] = ord("A")
view[2:4] = b"CD"
print(data, view[1:3].tobytes(), view[::-2].tolist(), len(view), view.readonly)

numbers = view.cast("H")
numbers[1] = 0x5A59
print(numbers.tolist(), numbers.itemsize, numbers.nbytes, data)

grid = view.cast("B", [2, 4])
print(grid.shape, grid.strides, grid[1, 0], grid.tolist())

print(view == data, view == b"other", b"".join([view[:2], b"!"]), int.from_bytes(view[:2]))
try:
    data.append(1)
except BufferError as error:
    print(error)
for bad in (lambda: view["a"], lambda: view[9], lambda: memoryview(b"x").__setitem__(0, 1), lambda: hash(view)):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)

with view:
    pass
numbers.release()
grid.release()
data.append(1)
print(len(data))
try:
    view[0]
except ValueError as error:
    print(error)
