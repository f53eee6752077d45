"""Coroutines that await each other DEPTH deep, driven by send: await_chain.py DEPTH ROUNDS."""

import sys


class Pause:
    def __await__(self):
        return (yield self)


async def worker(pause, rounds):
    total = 0
    for _ in range(rounds):
        total += await pause
    return total


async def layer(depth, pause, rounds):
    if depth == 0:
        return await worker(pause, rounds)
    return await layer(depth - 1, pause, rounds)


def main(depth, rounds):
    coroutine = layer(depth - 1, Pause(), rounds)
    sent = None
    number = 0
    try:
        while True:
            coroutine.send(sent)
            number += 1
            sent = number & 7
    except StopIteration as stop:
        print(number, stop.value)


main(int(sys.argv[1]), int(sys.argv[2]))
