"""
Python beside FlagCloud: the same flags from the same origin under the same luck, into the same blob storage, each asked for once.
Prints a line of JSON for each flag and each run, with the names that FlagCloud's records have.
"""
import argparse
import asyncio
import base64
import contextlib
import datetime
import email.utils
import hashlib
import hmac
import http.client
import json
import os
import re
import sys
import threading
import time
import urllib.parse

import async_fan_out
import download
import sequential
import threaded
from client import AsyncClient, BlockingClient

# The AppHost's Azurite, with the account and key that Azurite's documentation publishes.
AZURITE = (
    "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
    "BlobEndpoint=http://127.0.0.1:15103/devstoreaccount1;")
CONTAINER = "peer"
MAX_CONCURRENT_PUTS = 16  # FlagCloud's limit: Azurite's disk store breaks at 50.
PROBLEMS = (OSError, ValueError, http.client.HTTPException)


class Storage:
    """A blob service, and requests to it that are signed with its account's key (Shared Key)."""

    VERSION = "2021-12-02"
    SIGNED = ("Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date",
              "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range")

    def __init__(self, connection):
        parts = dict(part.split("=", 1) for part in connection.split(";") if "=" in part)
        missing = [name for name in ("AccountName", "AccountKey", "BlobEndpoint") if name not in parts]
        if missing:
            raise ValueError(f"ConnectionStrings__blobs lacks {', '.join(missing)}. Give a whole connection string, or none for the AppHost's Azurite at 127.0.0.1:15103.")
        self.account, self.key, self.endpoint = parts["AccountName"], base64.b64decode(parts["AccountKey"]), parts["BlobEndpoint"].rstrip("/")

    def create_container(self):
        return self._signed("PUT", f"/{CONTAINER}?restype=container", {}, b"")

    def put_blob(self, name, content, content_type, metadata):
        headers = {
            "Content-Type": content_type,
            "Content-MD5": base64.b64encode(hashlib.md5(content).digest()).decode(),  # Storage takes the blob only if it agrees.
            "x-ms-blob-type": "BlockBlob",
            "x-ms-blob-cache-control": "no-cache",
            **{f"x-ms-meta-{key}": value for key, value in metadata.items()},
        }
        return self._signed("PUT", f"/{CONTAINER}/{name}", headers, content)

    def _signed(self, method, path, headers, content):
        headers = {**headers, "Content-Length": str(len(content)), "x-ms-date": email.utils.formatdate(usegmt=True), "x-ms-version": self.VERSION}
        url = urllib.parse.urlsplit(self.endpoint + path)
        own = sorted((name.lower(), value) for name, value in headers.items() if name.lower().startswith("x-ms-"))
        query = sorted(urllib.parse.parse_qsl(url.query))
        text = "\n".join([
            method,
            *(headers.get(name, "") if (name, content) != ("Content-Length", b"") else "" for name in self.SIGNED),
            *(f"{name}:{value}" for name, value in own),
            f"/{self.account}{url.path}" + "".join(f"\n{name}:{value}" for name, value in query),
        ])
        signature = base64.b64encode(hmac.digest(self.key, text.encode(), "sha256")).decode()
        return method, urllib.parse.urlunsplit(url), {**headers, "Authorization": f"SharedKey {self.account}:{signature}"}, content


class Run:
    """One strategy over all countries, once: the measured region, and the function that every strategy calls."""

    def __init__(self, peer, strategy, round_number):
        self.peer, self.strategy, self.round = peer, strategy, round_number
        # A warm-up is for the code and the connections, as in FlagCloud.
        self.profile = peer.options.server if round_number > 0 else "local"
        self.downloads, self._gate, self._in_flight, self._peak = [], threading.Lock(), 0, 0
        self._begun_at = self.elapsed = self.cpu = 0.0

    def download_one(self, country):
        flag = self._begin(country)
        try:
            self._fetched(flag, self.peer.blocking.ask("GET", *self._request(country)))
            with self.peer.puts:
                self._stored(flag, self.peer.blocking.ask(*self._upload(flag)))
        except PROBLEMS as problem:
            flag.setdefault("reason", f"{type(problem).__name__}: {problem}")
        self._end(flag)

    async def download_one_async(self, country):
        flag = self._begin(country)
        try:
            self._fetched(flag, await self.peer.told.ask("GET", *self._request(country)))
            async with self.peer.puts_async:
                self._stored(flag, await self.peer.told.ask(*self._upload(flag)))
        except PROBLEMS as problem:
            flag.setdefault("reason", f"{type(problem).__name__}: {problem}")
        self._end(flag)

    @contextlib.contextmanager
    def measured(self):
        self._begun_at, cpu = time.perf_counter(), time.process_time()
        yield
        self.elapsed, self.cpu = self._now(), time.process_time() - cpu

    def report(self):
        outcomes = [flag["outcome"] for flag in self.downloads]
        delays = [flag["delaySeconds"] for flag in self.downloads]
        limit = 1 if self.strategy == "sequential" else self.peer.options.max_req
        return {
            "strategy": f"python {self.strategy}", "round": self.round, "warmup": self.round == 0, "elapsedSeconds": self.elapsed,
            "requested": len(self.peer.options.countries), "ok": outcomes.count("ok"), "notFound": outcomes.count("notFound"), "errors": outcomes.count("error"),
            "bytes": sum(flag["bytes"] for flag in self.downloads), "attempts": len(self.downloads), "peakInFlight": self._peak,
            "cpuSeconds": self.cpu, "idealSeconds": max(max(delays), sum(delays) / limit),
        }

    def _begin(self, country):
        with self._gate:
            self._in_flight += 1
            self._peak = max(self._peak, self._in_flight)
            return {
                "country": country, "strategy": f"python {self.strategy}", "round": self.round, "outcome": "error", "attempts": 1, "bytes": 0,
                "submitIndex": self.peer.options.countries.index(country), "startedSeconds": self._now(), "delaySeconds": 0.0,
            }

    def _end(self, flag):
        flag.pop("content", None)
        with self._gate:
            self._in_flight -= 1
            self.downloads.append({**flag, "completionIndex": len(self.downloads), "endedSeconds": self._now()})

    def _request(self, country):
        options = self.peer.options
        return f"{options.origin.rstrip('/')}/{self.profile}/flags/{country}.svg", {"X-FlagCloud-Seed": str(options.seed + self.round)}

    def _fetched(self, flag, answer):
        """Judges what came as FlagCloud does: status, type, length and digest."""
        flag["bodySeconds"] = self._now()
        if delay := re.search(r"delay;dur=([\d.]+)", answer.headers.get("Server-Timing", "")):
            flag["delaySeconds"] = float(delay[1]) / 1000
        if answer.status == 404:
            flag["outcome"], flag["reason"] = "notFound", None
        if answer.status != 200:
            raise ValueError(f"the origin answered {answer.status} {answer.reason}")
        if answer.headers.get_content_type() != "image/svg+xml":
            raise ValueError(f"the origin sent {answer.headers.get_content_type()} where an image was expected")
        digest = hashlib.sha256(answer.body)
        announced = re.search("sha-256=:([^:]+):", answer.headers.get("Repr-Digest", ""))
        if announced and base64.b64decode(announced[1]) != digest.digest():
            raise ValueError("the bytes that came are not the ones that the origin announced (sha-256 of Repr-Digest)")
        flag.update(content=answer.body, sha256=digest.hexdigest())

    def _upload(self, flag):
        return self.peer.storage.put_blob(f"{flag['country']}.svg", flag["content"], "image/svg+xml", {
            "source": self._request(flag["country"])[0], "sha256": flag["sha256"], "attempts": "1",
            "fetched_at": datetime.datetime.now(datetime.timezone.utc).isoformat(),
        })

    def _stored(self, flag, answer):
        if answer.status != 201:
            del flag["sha256"]
            raise ValueError(f"storage did not take the flag: {answer.status} {answer.headers.get('x-ms-error-code', answer.reason)}")
        flag.update(outcome="ok", bytes=len(flag["content"]), storedSeconds=self._now())

    def _now(self):
        return time.perf_counter() - self._begun_at


class Peer:
    """The clients, the event loop and the places for uploads, which all runs share, as those of a silo do."""

    STRATEGIES = {"sequential": sequential.run, "threads": threaded.run, "asyncio": async_fan_out.run}

    def __init__(self, options):
        self.options = options
        self.storage = Storage(os.environ.get("ConnectionStrings__blobs") or AZURITE)
        self.blocking, self.told = BlockingClient(), AsyncClient()
        self.puts, self.puts_async = threading.Semaphore(MAX_CONCURRENT_PUTS), asyncio.Semaphore(MAX_CONCURRENT_PUTS)
        self._loop = asyncio.new_event_loop()

    def runs(self):
        """Round 0 warms up. Each round begins with another strategy, and round r has the luck of seed + r."""
        self._check_origin()
        self._check_storage()
        names = self.options.strategy
        for round_number in range(self.options.rounds + 1):
            for place in range(len(names)):
                run = Run(self, names[(place + max(0, round_number - 1)) % len(names)], round_number)
                self._execute(run)
                yield run

    def close(self):
        self.told.close()
        self._loop.run_until_complete(asyncio.sleep(0))  # What was closed has a turn to end in.
        self._loop.close()

    def _check_origin(self):
        origin, profile = self.options.origin.rstrip("/"), self.options.server
        answer = self._first(f"The origin at {origin}", "GET", f"{origin}/profiles", {})
        known = [one["name"] for one in json.loads(answer.body)] if answer.status == 200 else []
        if profile not in known:
            raise ValueError(f"The origin at {origin} has no profile '{profile}'. Give one of {', '.join(known) or 'another origin, with --origin'}.")

    def _check_storage(self):
        what = f"The blob storage at {self.storage.endpoint}"
        answer = self._first(what, *self.storage.create_container())
        if answer.status not in (201, 409):
            said = answer.headers.get("x-ms-error-code", answer.reason)
            raise ValueError(f"{what} does not make the container '{CONTAINER}': {answer.status} {said}.")

    def _first(self, what, *request):
        try:
            return self.blocking.ask(*request)
        except OSError as problem:
            raise OSError(f"{what} cannot be reached: {problem}. Start it with: dotnet run --project FlagCloud.AppHost") from problem

    def _execute(self, run):
        strategy, options = self.STRATEGIES[run.strategy], self.options
        with run.measured():
            if strategy is async_fan_out.run:
                self._loop.run_until_complete(strategy(options.countries, options.max_req, run.download_one_async))
            else:
                strategy(options.countries, options.max_req, run.download_one)


def strategies(text):
    names = text.split(",")
    if unknown := [name for name in names if name not in Peer.STRATEGIES]:
        raise argparse.ArgumentTypeError(f"'{unknown[0]}' is not known. Give {', '.join(Peer.STRATEGIES)}, separated by commas.")
    return list(dict.fromkeys(names))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="ConnectionStrings__blobs of the environment names the storage; without it, the AppHost's Azurite at 127.0.0.1:15103.")
    download.add_options(parser)
    parser.add_argument(
        "--strategy", type=strategies, default=["asyncio"], metavar="NAMES", help="asyncio, threads, sequential, separated by commas [default: asyncio]")
    parser.add_argument("--rounds", type=download.at_least(1), default=1, metavar="N", help="measured rounds [default: 1]")
    parser.add_argument("--seed", type=download.at_least(0), default=1, metavar="N", help="of the origin's draws; round r uses seed + r [default: 1]")
    options = parser.parse_args()
    options.countries = list(dict.fromkeys(options.countries))
    reports = []
    try:
        with contextlib.closing(Peer(options)) as peer:
            for run in peer.runs():
                reports.append(run.report())
                for line in (*run.downloads, reports[-1]):
                    print(json.dumps(line), flush=True)
    except PROBLEMS as problem:
        sys.exit(f"peer.py: {problem}")
    sys.exit(0 if all(report["ok"] == report["requested"] for report in reports) else 1)


if __name__ == "__main__":
    main()
