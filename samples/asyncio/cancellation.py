"""A cancelled task has a CancelledError thrown in where it waits; it may clean up, refuse, or be cancelled again."""
import asyncio


async def patient(name):
    try:
        print(name, "waits")
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print(name, "hears", repr(error))
        raise
    finally:
        await asyncio.sleep(0)
        print(name, "has cleaned up")


async def stubborn():
    while True:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            print("stubborn:", task.cancelling(), task.uncancel())
            return "finished anyway"


async def main():
    task = asyncio.create_task(patient("first"))
    await asyncio.sleep(0)
    print(task.cancel("because"), task.cancelling(), task.cancelled())
    try:
        await task
    except asyncio.CancelledError as error:
        print("main hears", repr(error), task.cancelled(), task.cancel())

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    task.cancel()
    print(await task, task.cancelled())

    never_begun = asyncio.create_task(patient("never"))
    never_begun.cancel()
    print(await asyncio.gather(never_begun, return_exceptions=True))

    outer = asyncio.create_task(asyncio.wait_for(patient("inner"), None))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    outer.cancel()
    await asyncio.wait([outer])
    print(outer.cancelled())

    inner = asyncio.create_task(asyncio.sleep(0.01, "kept"))
    shielded = asyncio.shield(inner)
    shielded.cancel()
    print(await asyncio.gather(shielded, return_exceptions=True), await inner)


asyncio.run(main())
