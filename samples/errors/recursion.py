"""Recursion without an end: the repeated lines are counted, not printed."""
# oracle: 3.13

import sys

sys.setrecursionlimit(100)


def down(n):
    return down(n + 1)


down(0)
