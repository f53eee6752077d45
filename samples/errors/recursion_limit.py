"""The recursion limit holds at once, also below what the control stack has had room for."""
import sys


def deep(n):
    return n and deep(n - 1)


def twice():
    global calls
    calls += 1
    try:
        twice()
    except RecursionError:
        twice()


deep(500)
lowest = 1
while True:
    try:
        sys.setrecursionlimit(lowest)
        break
    except RecursionError as error:
        refused = str(error)
        lowest += 1
sys.setrecursionlimit(1000)
print(refused.split(" at ")[0].replace(str(lowest - 1), "N"), refused.split(": ")[1])
for more in range(7):
    calls = 0
    try:
        sys.setrecursionlimit(lowest + more)
        twice()
    except RecursionError as error:
        message = str(error)
    sys.setrecursionlimit(1000)
    print(more, calls, message)
