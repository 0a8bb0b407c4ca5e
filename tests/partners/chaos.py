"""A proxy that passes HTTP/1.x on to a real server and breaks the bytes as the first part of the path says:

    python3 chaos.py PORT HOST:PORT

    /pass/        nothing is broken
    /lostreply/   the server gets the whole request and answers; the client's connection is reset instead
    /cutreply/    the client gets headers and half of the body, then the end    /rstreply/  the same, then a reset
    /cutupload/   the server gets at most 4 kB of the body, then both connections are reset
    /stall/       the request is passed on, the reply never                     /hang/  not even the request
    /drip/        the reply comes byte by byte, 20 ms apart
    /dupe/        the server gets the request twice
    /okafter3/    503 for the first three requests, then it passes
    /badchunk/ /badlen/ /badstatus/ /hugeheader/ /early200/   broken replies that no server gave

A method, a count and a label may follow: /lostreply-post-1-case7/ loses the reply to the first POST under that
name, and passes everything else. Standard output: “listening”, then a line for
every request that was broken.
"""
import asyncio
import collections
import re
import socket
import struct
import sys

REPLIES = {
    "badchunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n",
    "badlen": b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nhello",
    "badstatus": b"HTTP/1.1 abc\r\n\r\n",
    "hugeheader": b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 300000 + b"\r\n\r\n",
    "early200": b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}",
    "busy": b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}
REQUEST = re.compile(rb"(\S+) /([a-z0-9]+)(?:-([a-z]+))?(?:-([0-9]+))?(?:-(\w+))?(/\S*)")
LATER = re.compile(rb"(?i)\r\n(connection|expect):[^\r]*")
seen = collections.Counter()


def reset(writer):
    """Closes with RST instead of FIN."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.close()


def parse(head):
    """What to do, and the head of the request as the server should see it."""
    match = REQUEST.match(head)
    if not match:
        return None, head
    method, mode, only, count, _, path = match.groups()
    mode, key = mode.decode(), head[:match.start(6)].split(b" ", 1)[1]
    head = method + b" " + path + head[match.end():]
    head = LATER.sub(b"", head)[:-2] + b"Connection: close\r\n\r\n"
    if only and only.upper() != method:
        return "pass", head
    seen[key] += 1
    if mode == "okafter3":
        return ("busy" if seen[key] <= 3 else "pass"), head
    return ("pass" if count and seen[key] > int(count) else mode), head


async def read_body(reader, head):
    """As it is on the wire: chunks stay chunks."""
    if not re.search(rb"(?i)\r\ntransfer-encoding: *chunked", head):
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        return await reader.readexactly(int(length[1])) if length else b""
    body, size = b"", 1
    while size:
        line = await reader.readuntil(b"\r\n")
        size = int(line.split(b";")[0], 16)
        body += line + await reader.readexactly(size + 2)
    return body


async def ask(upstream, request):
    reader, writer = await asyncio.open_connection(*upstream)
    writer.write(request)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    return answer


async def cut_upload(upstream, reader, writer, head):
    _, server = await asyncio.open_connection(*upstream)
    server.write(head + await reader.read(4096))
    await server.drain()
    reset(server)
    reset(writer)


async def give(writer, mode, answer):
    """The answer, or what is left of it."""
    head, _, body = answer.partition(b"\r\n\r\n")
    if mode == "lostreply":
        return reset(writer)
    if mode == "stall":
        await asyncio.sleep(600)
    elif mode == "drip":
        for position in range(len(answer)):
            writer.write(answer[position:position + 1])
            await writer.drain()
            await asyncio.sleep(0.02)
    elif mode in ("cutreply", "rstreply"):
        writer.write(head + b"\r\n\r\n" + body[:len(body) // 2])
        await writer.drain()
        await asyncio.sleep(0.1)
        if mode == "rstreply":
            return reset(writer)
    else:
        writer.write(answer)
        await writer.drain()
    writer.close()


async def converse(upstream, reader, writer):
    mode, head = parse(await reader.readuntil(b"\r\n\r\n"))
    if mode != "pass":
        print(mode, head.split(b"\r\n")[0].decode(errors="replace"), flush=True)
    if mode == "cutupload":
        return await cut_upload(upstream, reader, writer, head)
    request = head + await read_body(reader, head)
    if mode == "hang":
        await asyncio.sleep(600)
    if mode in REPLIES:
        writer.write(REPLIES[mode])
        await writer.drain()
        return writer.close()
    answer = await ask(upstream, request)
    if mode == "dupe":
        answer = await ask(upstream, request)
    await give(writer, mode, answer)


async def main():
    host, port = sys.argv[2].split(":")

    async def client(reader, writer):
        try:
            await converse((host, int(port)), reader, writer)
        except (asyncio.IncompleteReadError, OSError):
            writer.close()

    async with await asyncio.start_server(client, "127.0.0.1", int(sys.argv[1]), limit=1 << 20) as listening:
        print("listening", flush=True)
        await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
