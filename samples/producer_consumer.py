"""A producer and a consumer that take turns in one thread.

The consumer is a generator: it waits at its `yield` until the producer sends it a loaf, and what it yields next is
its answer. Nothing runs at the same time as anything else, and nothing needs a lock.
"""


def baker(counter, loaves):
    print("baker: opening,", next(counter))
    for number in range(1, loaves + 1):
        print(f"baker: loaf {number} is ready")
        answer = counter.send(number)
        print(f"baker: the customer says {answer!r}")
    counter.close()
    print("baker: closed")


def customer():
    answer = "hungry"
    eaten = 0
    try:
        while True:
            loaf = yield answer
            print(f"customer: eats loaf {loaf}")
            eaten += 1
            answer = "more, please" if eaten < 3 else "enough"
    finally:
        print(f"customer: went home after {eaten}")


baker(customer(), 3)
