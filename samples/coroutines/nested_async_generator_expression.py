"""An asynchronous generator expression over another: both end, and nothing is left being handled."""

import sys
async def later(n):
    for i in range(n):
        yield i
async def main():
    async for n in (n async for n in later(2)):
        print(n)
    print(sys.exception())
c = main()
try:
    c.send(None)
except StopIteration as e:
    print("done", e.value)
