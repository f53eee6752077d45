"""`close` raises GeneratorExit at the yield; a closed generator has nothing more to give."""
# trace


def ticket():
    try:
        yield 1
    except GeneratorExit:
        print("told to leave")
        raise


t = ticket()
next(t)
t.close()
print(list(t))
