"""A proxy that passes HTTP/1.x on to a real server and breaks the bytes as the first part of the path says:

    python3 chaos.py PORT HOST:PORT [TLS-PORT CERTIFICATE KEY]

    /pass/        nothing is broken
    /lostreply/   the server gets the whole request and answers; the client's connection is reset instead
    /cutreply/    the client gets headers and half of the body, then the end    /rstreply/  the same, then a reset
    /cutupload/   the server gets at most 4 kB of the body, then both connections are reset
    /stall/       the request is passed on, the reply never                     /hang/  not even the request
    /drip/        the reply comes byte by byte, 20 ms apart
    /dupe/        the server gets the request twice
    /okafter3/    503 for the first three requests, then it passes
    /badchunk/ /badlen/ /badstatus/ /hugeheader/ /early200/   broken replies that no server gave

    /plan/LABEL/  what was agreed on: PUT /plan/LABEL takes lines “COUNT MODE TEXT”. The first line whose text stands
                  in “METHOD PATH”, or in the body of a request, and that has not been used COUNT times, breaks it
                  as MODE says; with a + before the mode the server gets the request, too, where else it would not.
                  The server sees its own name as the host, and where it names its interface in a header, that
                  is put behind the plan; so nobody gets past it. “where” in a reply is the server's own address,
                  “here” another path behind the plan; with “asis” it may name itself;
                  “dupelost” is both.

A method, a count and a label may follow: /lostreply-post-1-case7/ loses the reply to the first POST under that
name, and passes everything else. Standard output: “listening”, then a line for
every request that was broken.
"""
import asyncio
import collections
import re
import socket
import ssl
import struct
import sys

REPLIES = {
    "badchunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n",
    "badlen": b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nhello",
    "badstatus": b"HTTP/1.1 abc\r\n\r\n",
    "hugeheader": b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 300000 + b"\r\n\r\n",
    "early200": b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}",
    "401": b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}",
    "429": b"HTTP/1.1 429 Too Many\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n",
    "429date": b"HTTP/1.1 429 Too Many\r\nRetry-After: Wed, 21 Oct 2099 07:28:00 GMT\r\nContent-Length: 0\r\n\r\n",
    "503": b"HTTP/1.1 503 Gone Fishing\r\nRetry-After: 120\r\nContent-Type: text/html\r\nContent-Length: 24\r\n\r\n"
           b"<html>maintenance</html>",
    "500html": b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\nContent-Length: 28\r\n\r\n"
               b"<html><h1>PHP Fatal error</h",
    "502html": b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 24\r\n\r\n"
               b"<html><h1>502 Bad Gatewa",
    "200html": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 37\r\n\r\n"
               b"<html><title>Please sign in</title>  ",
    "200empty": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    "busy": b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}
REQUEST = re.compile(rb"(\S+) /([a-z0-9]+)(?:-([a-z]+))?(?:-([0-9]+))?(?:-(\w+))?(/\S*)")
PLAN = re.compile(rb"(\S+) (/plan/(\w+))(/\S*)?")
REDIRECT = "HTTP/1.1 %s Moved\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
HOST = re.compile(rb"(?i)\r\nhost: *([^\r]*)")
LATER = re.compile(rb"(?i)\r\n(connection|expect):[^\r]*")
seen = collections.Counter()
plans = {}


def reset(writer):
    """Closes with RST instead of FIN."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class Plan:
    """What is to happen to one request below /plan/LABEL/."""

    def __init__(self, upstream, match, head, scheme):
        self.upstream = "%s:%d" % upstream
        method, prefix, label, path = match.groups()
        self.lines, self.line = plans.setdefault(label, []), (method + b" " + (path or b"/")).decode()
        forwarded = re.search(rb"(?i)\r\nx-forwarded-proto: *(\w+)", head)
        host = HOST.search(head)[1].decode()
        self.base = f"{forwarded[1].decode()}://{host}" if forwarded else f"{scheme}://{host}{prefix.decode()}"
        head = method + b" " + (path or b"/") + head[match.end():]
        self.head = LATER.sub(b"", HOST.sub(b"\r\nHost: " + self.upstream.encode(), head))[:-2] + \
            b"Connection: close\r\n\r\n"

    def choose(self, body):
        for line in self.lines:
            if line[0] > 0 and (line[2] in self.line or line[2].encode() in body):
                line[0] -= 1
                return line[1]
        return "pass"

    def reply(self, mode):
        """What no server gave, or None."""
        if re.fullmatch("(where|here)30[12378]", mode):
            path = self.line.split(" ")[1]
            return REDIRECT % (mode[-3:], f"http://{self.upstream}{path}" if mode[0] == "w" else
                               f"{self.base}/elsewhere{path}")
        return REPLIES.get(mode)

    def keep_inside(self, answer, secure):
        """By TLS an end without a length is nothing that a client can rely on."""
        head, end, body = answer.partition(b"\r\n\r\n")
        if secure and not re.search(rb"(?i)\r\n(content-length|transfer-encoding):", head):
            head += b"\r\nContent-Length: %d" % len(body)
        own, base = b"<http://" + self.upstream.encode(), b"<" + self.base.encode()
        return re.sub(rb"(?i)(?<=\r\n)link:[^\r]*", lambda found: found[0].replace(own, base), head) + end + body


async def follow(plan, upstream, reader, writer):
    body = await read_body(reader, plan.head)
    mode = plan.choose(body)
    if mode != "pass":
        print("plan", mode, plan.line, flush=True)
    mode, also = mode.removeprefix("+"), mode.startswith("+")
    reply = plan.reply(mode)
    if also or not reply:
        answer = await ask(upstream, plan.head + body)
    if mode in ("dupe", "dupelost"):
        answer = await ask(upstream, plan.head + body)
    if mode == "dupelost":
        return reset(writer)
    if mode == "asis":
        return await give(writer, mode, answer)
    if not reply:
        return await give(writer, mode, plan.keep_inside(answer, writer.get_extra_info("ssl_object")))
    writer.write(reply if isinstance(reply, bytes) else reply.encode())
    await writer.drain()
    writer.close()


def agree(label, text):
    plans[label] = [[int(count), mode, *(rest or [""])]
                    for count, mode, *rest in (line.split(" ", 2) for line in text.splitlines())]


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
    head = await reader.readuntil(b"\r\n\r\n")
    if match := PLAN.match(head):
        if match[1] == b"PUT" and not match[4]:
            agree(match[3], (await read_body(reader, head)).decode())
            writer.write(b"HTTP/1.1 204 Agreed\r\nConnection: close\r\n\r\n")
            return writer.close()
        scheme = "https" if writer.get_extra_info("ssl_object") else "http"
        return await follow(Plan(upstream, match, head, scheme), upstream, reader, writer)
    mode, head = parse(head)
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

    if len(sys.argv) > 3:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*sys.argv[4:6])
        await asyncio.start_server(client, "127.0.0.1", int(sys.argv[3]), limit=1 << 20, ssl=context)
    async with await asyncio.start_server(client, "127.0.0.1", int(sys.argv[1]), limit=1 << 20) as listening:
        print("listening", flush=True)
        await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
