"""Recursion through two functions, caught, and the program goes on."""

import sys

sys.setrecursionlimit(200)


def ping(n):
    return pong(n + 1)


def pong(n):
    return ping(n + 1)


try:
    ping(0)
except RecursionError as error:
    print("RecursionError:", error)
print("still running")
