# A chain that is deeper than calls may be nested is closed from its innermost generator outward.
import sys


def chain(depth):
    if depth == 0:
        try:
            yield "bottom"
        finally:
            print("bottom closed")
    else:
        try:
            yield from chain(depth - 1)
        finally:
            if depth % 200 == 0:
                print("level", depth, "closed")


steps = chain(800)
print(next(steps), sys.getrecursionlimit())
steps.close()
