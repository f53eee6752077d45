"""What an awaited object yields goes all the way out to `send`, and what is sent comes all the way in."""
# trace


class Ask:
    def __await__(self):
        return (yield "a question")


async def talk():
    return "heard " + await Ask()


t = talk()
print(t.send(None))
try:
    t.send("an answer")
except StopIteration as stop:
    print(stop.value)
