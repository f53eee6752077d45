"""A call that does not fit makes no coroutine: nobody forgot to await one."""


async def coroutine(a, *, b=1):
    return a, b


def generator(a):
    yield a


async def both(a):
    yield a


for made in coroutine, generator, both:
    for args, keywords in ((), {}), ((1, 2), {}), ((1,), {"c": 3}):
        try:
            made(*args, **keywords)
        except TypeError as error:
            print(error)
