"""`async def` makes coroutines, `await` runs one inside another, and something outside must start the first."""
# trace


async def one():
    return 1


async def main():
    print(await one() + await one())


try:
    main().send(None)
except StopIteration:
    print("finished")
