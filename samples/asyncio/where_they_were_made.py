"""In debug mode futures, tasks and handles know where they were made: the innermost place is the program's own."""

import asyncio


def place(made):
    return [entry.name for entry in made._source_traceback][-2:]


class Maker:
    def future(self, **kwargs):
        return asyncio.Future(**kwargs)

    def all(self, loop):
        print(place(self.future(loop=loop)))
        print(place(asyncio.Future(loop=loop)))
        for handle in loop.call_soon(print, "soon"), loop.call_later(0, print, "later"), loop.call_at(0, print, "at"):
            print(place(handle))
            handle.cancel()

        async def nothing():
            pass

        task = loop.create_task(nothing())
        print(place(task))
        loop.run_until_complete(task)
        task = asyncio.Task(nothing(), loop=loop)
        print(place(task))
        loop.run_until_complete(task)


loop = asyncio.new_event_loop()
loop.set_debug(True)
Maker().all(loop)
loop.close()
