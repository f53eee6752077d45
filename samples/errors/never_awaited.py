"""A coroutine that is dropped before it ever ran gives a warning; the program goes on."""


async def forgotten():
    print("never printed")


forgotten()
print("end")
