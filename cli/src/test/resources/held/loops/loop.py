"""asyncio: one thread, which a held connect must not stop."""
import asyncio


async def tick():
    while True:
        print("tick", flush=True)
        await asyncio.sleep(0.1)


async def get():
    reader, writer = await asyncio.open_connection("deploy.example", 80)
    writer.write(b"GET / HTTP/1.0\r\nHost: deploy.example\r\n\r\n")
    answer = await reader.read()
    if not answer:
        raise ConnectionError("closed without an answer")
    print(answer.split()[1].decode(), answer.splitlines()[-1].decode(), flush=True)


async def main():
    ticking = asyncio.create_task(tick())
    try:
        await get()
    except OSError as e:
        print("failed", e, flush=True)
    ticking.cancel()


asyncio.run(main())
