"""A `for` that breaks drops its generator, whose finally runs before the next statement."""


def lines():
    print("open")
    try:
        for number in range(100):
            yield f"line {number}"
    finally:
        print("close")


for line in lines():
    print(line)
    if line.endswith("1"):
        break
print("after the loop")


def first_line():
    for line in lines():
        return line


print(first_line())
