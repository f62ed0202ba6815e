"""HTTP as the lesson needs it, twice: one client whose caller waits, one whose caller is told. Both use their connections again."""
import asyncio
import collections
import email.message
import http.client
import io
import typing
import urllib.parse

TIMEOUT_SECONDS = 10
MAX_BYTES = 1 << 20


class Answer(typing.NamedTuple):
    status: int
    reason: str
    headers: email.message.Message
    body: bytes


class BlockingClient:
    """Whoever asks is blocked until the answer is there. Many threads may ask at once."""

    def __init__(self):
        self._idle = collections.defaultdict(list)

    def ask(self, method, url, headers, body=b""):
        parts = _parts(url)
        idle = self._idle[parts.netloc]
        try:
            connection, is_reused = idle.pop(), True
        except IndexError:
            connection, is_reused = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT_SECONDS), False
        try:
            try:
                connection.request(method, _target(parts), body, headers)
                response = connection.getresponse()
            except ConnectionError:
                if not is_reused:
                    raise
                connection.close()  # It had been closed while it was idle; nothing was answered.
                return self.ask(method, url, headers, body)
            _check_length(response.headers)
            answer = Answer(response.status, response.reason, response.headers, response.read())
        except BaseException:
            connection.close()
            raise
        idle.append(connection)
        return answer


class AsyncClient:
    """Whoever asks goes on when the answer is there; until then the thread does something else."""

    def __init__(self):
        self._idle = collections.defaultdict(list)

    async def ask(self, method, url, headers, body=b""):
        try:
            return await asyncio.wait_for(self._ask(_parts(url), method, headers, body), TIMEOUT_SECONDS)
        except asyncio.TimeoutError as problem:
            raise TimeoutError(f"no whole answer within {TIMEOUT_SECONDS} s") from problem

    async def _ask(self, parts, method, headers, body):
        idle = self._idle[parts.netloc]
        is_reused = bool(idle)
        reader, writer = idle.pop() if is_reused else await asyncio.open_connection(parts.hostname, parts.port or 80)
        try:
            try:
                writer.write(_head(parts, method, headers, body) + body)
                head = await reader.readuntil(b"\r\n\r\n")
            except (ConnectionError, asyncio.IncompleteReadError) as problem:
                if not is_reused:
                    raise ConnectionError("the connection was closed before an answer came") from problem
                writer.close()
                return await self._ask(parts, method, headers, body)
            status_line, _, rest = head.partition(b"\r\n")
            _, status, reason = status_line.decode("latin-1").split(" ", 2)
            answered = http.client.parse_headers(io.BytesIO(rest))
            content = await _body(reader, answered)
        except asyncio.IncompleteReadError as problem:
            writer.close()
            raise ConnectionError(f"the connection was closed after {len(problem.partial)} of {problem.expected} bytes") from problem
        except BaseException:
            writer.close()
            raise
        idle.append((reader, writer))
        return Answer(int(status), reason, answered, content)

    def close(self):
        for _, writer in (pair for pairs in self._idle.values() for pair in pairs):
            writer.close()


async def _body(reader, headers):
    _check_length(headers)
    if headers.get("Transfer-Encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("Content-Length", 0)))
    content = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        content += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return content


def _parts(url):
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(f"'{url}' is not allowed. Give an http address such as http://127.0.0.1:15102.")
    return parts


def _target(parts):
    return (parts.path or "/") + ("?" + parts.query if parts.query else "")


def _head(parts, method, headers, body):
    lines = [f"{method} {_target(parts)} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in {"Content-Length": len(body), **headers}.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _check_length(headers):
    if int(headers.get("Content-Length", 0)) > MAX_BYTES:
        raise ValueError(f"the answer is larger than {MAX_BYTES} bytes")
