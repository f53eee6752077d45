"""A generator that yields in answer to GeneratorExit makes `close` fail."""


def stubborn():
    try:
        yield "here"
    except GeneratorExit:
        print("no")
        yield "still here"


mule = stubborn()
next(mule)
try:
    mule.close()
except RuntimeError as error:
    print("RuntimeError:", error)


def calm():
    try:
        yield 1
    except GeneratorExit:
        print("fine, and no more")


dog = calm()
next(dog)
dog.close()
