"""When a task of a group fails, the others are cancelled, and the errors come out as a group."""
import asyncio


async def works(name, delay):
    try:
        await asyncio.sleep(delay)
        print(name, "is done")
    except asyncio.CancelledError:
        print(name, "is cancelled")
        raise


async def fails(error):
    await asyncio.sleep(0)
    raise error


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(works("quick", 0))
            group.create_task(works("slow", 10))
            group.create_task(fails(ValueError(1)))
            group.create_task(fails(KeyError(2)))
            print(group)
    except* ValueError as errors:
        print("values:", errors.exceptions)
    except* KeyError as errors:
        print("keys:", errors.exceptions)
    print(group)
    try:
        group.create_task(works("late", 0))
    except RuntimeError as error:
        print(error)
    async with asyncio.TaskGroup() as group:
        first, second = group.create_task(works("one", 0)), group.create_task(works("two", 0), name="second")
    print(first.done(), second.get_name())


asyncio.run(main())
