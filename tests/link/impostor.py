"""What may stand where the backend should, on ports 80 and 8470.

`portal`: its page for every question. `silent`: accepts, and says nothing.
"""

import asyncio
import sys
from pathlib import Path

PAGE = b"<html><title>Sign in</title>"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(PAGE), PAGE)


async def portal(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(4096)
    writer.write(ANSWER)
    writer.close()


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    while await reader.read(4096):
        pass


async def main(kind: str, host: str, ready: Path) -> None:
    answer = {"portal": portal, "silent": silent}[kind]
    servers = [await asyncio.start_server(answer, host, port) for port in (80, 8470)]
    await asyncio.to_thread(ready.write_text, "ready", "utf-8")
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
