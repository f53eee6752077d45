"""A generator-based coroutine: `types.coroutine` lets a generator be awaited."""
# trace

import types


@types.coroutine
def pause(label):
    answer = yield label
    return answer


async def main():
    print("got", await pause("first"))


c = main()
print(c.send(None))
try:
    c.send("resumed")
except StopIteration:
    print("end")
