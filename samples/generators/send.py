"""What is sent becomes the value of the yield expression at which the generator waits."""
# trace


def echo():
    heard = yield "ready"
    while True:
        heard = yield f"you said {heard}"


parrot = echo()
print(next(parrot))
print(parrot.send("hello"))
print(next(parrot))
