"""Sends OTLP with nothing but Python's standard library: JSON, protobuf encoded by hand, and gRPC frames over HTTP/2 written by hand.

usage: otlp_client.py json|protobuf|grpc URL KEY
"""
import gzip
import json
import socket
import struct
import sys
import urllib.parse
import urllib.request

T0 = 1_700_000_000_000_000_000
TRACE, SPAN = "5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174"


def text(key, value):
    return {"key": key, "value": {"stringValue": value}}


RESOURCE = {"attributes": [text("service.name", "python-client"), text("telemetry.sdk.language", "python")]}


def json_requests():
    yield "traces", {"resourceSpans": [{"resource": RESOURCE, "aMemberOfTheFuture": {"deep": [1, {"x": None}]}, "scopeSpans": [{
        "scope": {"name": "py"},
        "spans": [{
            "traceId": TRACE.upper(), "spanId": SPAN, "name": "from python", "kind": 2, "startTimeUnixNano": str(T0),
            "endTimeUnixNano": T0 + 5_000_000, "attributes": [
                {"key": "count", "value": {"intValue": "42"}}, {"key": "ok", "value": {"boolValue": False}},
                {"key": "list", "value": {"arrayValue": {"values": [{"doubleValue": 1.5}, {"stringValue": "a"}]}}}],
            "events": [{"timeUnixNano": str(T0 + 1), "name": "event"}], "status": {"code": 2, "message": "bad"}}]}]}]}
    yield "logs", {"resourceLogs": [{"resource": RESOURCE, "scopeLogs": [{"scope": {"name": "py.log"}, "logRecords": [{
        "timeUnixNano": str(T0), "severityNumber": 17, "severityText": "ERROR", "body": {"stringValue": "from python"},
        "traceId": TRACE, "spanId": SPAN}]}]}]}
    yield "metrics", {"resourceMetrics": [{"resource": RESOURCE, "scopeMetrics": [{"scope": {"name": "py.meter"}, "metrics": [
        {"name": "py.gauge", "gauge": {"dataPoints": [{"timeUnixNano": str(T0), "asDouble": 0.5}]}},
        {"name": "py.histogram", "unit": "s", "exponentialHistogram": {"aggregationTemporality": 1, "dataPoints": [{
            "startTimeUnixNano": str(T0), "timeUnixNano": str(T0 + 1), "count": "3", "sum": 7, "scale": 0,
            "positive": {"offset": 0, "bucketCounts": ["1", "2"]}}]}}]}]}]}


def varint(number):
    out = bytearray()
    while True:
        bits, number = number & 0x7F, number >> 7
        out.append(bits | (0x80 if number else 0))
        if not number:
            return bytes(out)


def field(number, content):
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    if isinstance(content, str):
        content = content.encode()
    return varint(number << 3 | 2) + varint(len(content)) + content


def fixed64(number, value):
    return varint(number << 3 | 1) + struct.pack("<Q", value)


def double(number, value):
    return varint(number << 3 | 1) + struct.pack("<d", value)


def pair(key, value):
    return field(1, key) + field(2, field(1, value))


def protobuf_requests():
    resource = field(1, field(1, pair("service.name", "python-client")))
    unknown = field(1900, "a field of the future")
    span = (field(1, bytes.fromhex(TRACE)) + field(2, bytes.fromhex(SPAN)) + field(5, "from python") + field(6, 2)
            + fixed64(7, T0) + fixed64(8, T0 + 5_000_000) + field(9, field(1, "count") + field(2, field(3, 42)))
            + field(11, fixed64(1, T0 + 1) + field(2, "event")) + field(15, field(2, "bad") + field(3, 2)) + unknown)
    yield "traces", field(1, resource + field(2, field(1, field(1, "py")) + field(2, span)) + unknown)
    log = (fixed64(1, T0) + field(2, 17) + field(3, "ERROR") + field(5, field(1, "from python"))
           + field(9, bytes.fromhex(TRACE)) + field(10, bytes.fromhex(SPAN)))
    yield "logs", field(1, resource + field(2, field(1, field(1, "py.log")) + field(2, log)))
    gauge = field(1, "py.gauge") + field(5, field(1, fixed64(3, T0) + double(4, 0.5)))
    histogram = field(1, "py.histogram") + field(3, "s") + field(10, field(2, 1) + field(1, (
        fixed64(2, T0) + fixed64(3, T0 + 1) + fixed64(4, 3) + double(5, 7.0) + field(8, field(2, varint(1) + varint(2))))))
    yield "metrics", field(1, resource + field(2, field(1, field(1, "py.meter")) + field(2, gauge) + field(2, histogram)))


def post(url, key, signal, body, content_type):
    request = urllib.request.Request(f"{url}/v1/{signal}", gzip.compress(body), {
        "Content-Type": content_type, "Content-Encoding": "gzip", "x-otlp-api-key": key})
    with urllib.request.urlopen(request, timeout=20) as answer:
        print(signal, answer.status, answer.headers["Content-Type"], answer.read())


def frame(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def header(name, value):
    """A literal header without indexing and without Huffman coding: the simplest form of HPACK."""
    return b"\x00" + bytes([len(name)]) + name.encode() + bytes([len(value)]) + value.encode()


def grpc(url, key):
    host = urllib.parse.urlparse(url)
    services = {"traces": "trace.v1.TraceService", "logs": "logs.v1.LogsService", "metrics": "metrics.v1.MetricsService"}
    with socket.create_connection((host.hostname, host.port), timeout=20) as connection:
        connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, b""))
        for stream, (signal, body) in zip((1, 3, 5), protobuf_requests()):
            headers = [(":method", "POST"), (":scheme", "http"), (":path", f"/opentelemetry.proto.collector.{services[signal]}/Export"),
                       (":authority", host.netloc), ("content-type", "application/grpc"), ("te", "trailers"), ("x-otlp-api-key", key)]
            connection.sendall(frame(1, 4, stream, b"".join(header(*item) for item in headers)))
            connection.sendall(frame(0, 1, stream, b"\x00" + struct.pack(">I", len(body)) + body))
        ended, waiting = 0, b""
        while ended < 3:
            received = connection.recv(65536)
            if not received:
                raise SystemExit("the connection was closed before three answers")
            waiting += received
            while len(waiting) >= 9 and len(waiting) >= 9 + int.from_bytes(waiting[:3], "big"):
                length, kind, flags = int.from_bytes(waiting[:3], "big"), waiting[3], waiting[4]
                ended += 1 if kind in (0, 1) and flags & 1 else 0
                if kind == 3:
                    raise SystemExit("a stream was reset")
                waiting = waiting[9 + length:]
    print("grpc ended", ended)


if __name__ == "__main__":
    form, address, api_key = sys.argv[1:]
    if form == "grpc":
        grpc(address, api_key)
    elif form == "json":
        for name, message in json_requests():
            post(address, api_key, name, json.dumps(message).encode(), "application/json")
    else:
        for name, message in protobuf_requests():
            post(address, api_key, name, message, "application/x-protobuf")
