import asyncio, threading

gate = threading.Event()

async def main():
    loop = asyncio.get_running_loop()
    await asyncio.gather(loop.run_in_executor(None, gate.wait), asyncio.to_thread(gate.wait))

asyncio.run(main())
