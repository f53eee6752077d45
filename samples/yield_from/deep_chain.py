"""Items come up through two hundred generators as through one."""


def relay(inner):
    result = yield from inner
    return result + 1


def source():
    received = yield "from the bottom"
    yield f"received {received}"
    return 0


chain = source()
for _ in range(200):
    chain = relay(chain)
print(next(chain))
print(chain.send("from the top"))
try:
    next(chain)
except StopIteration as stop:
    print("levels:", stop.value)
