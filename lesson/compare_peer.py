"""Sets Python beside a comparison that FlagCloud has made: the same rounds once more, by Python, and one table of both."""
import argparse
import contextlib
import json
import math
import os
import platform
import statistics
import sys
import types
import urllib.error
import urllib.request

import download
import peer

CLI = "dotnet run --project FlagCloud.Cli --"
COUNTERPARTS = {"python asyncio": "async", "python threads": "threaded", "python sequential": "sequential"}


def median_interval(values):
    """
    The narrowest interval between two of the values that encloses their median with at least 95 % probability (sign test), as
    FlagCloud.Contracts/MedianInterval.cs has it; None for fewer than six, of which not even the least and the largest do.
    """
    ordered, count = sorted(values), len(values)
    outside, k = 0, 0
    # The k-th least is above the median as often as fewer than k of all coins show heads.
    while 2 * (outside + math.comb(count, k)) * 20 <= 2 ** count:
        outside += math.comb(count, k)
        k += 1
    return (ordered[k - 1], ordered[count - k]) if k > 0 else None


def paired(slow, fast):
    """Ratios of two strategies, round by round: within a round both met the same delays."""
    return [slow[number] / fast[number] for number in sorted(slow.keys() & fast.keys())]


def verdict(one, other, seconds):
    """What may be said of two strategies, by FlagCloud's rule: they differ if the interval of their ratio excludes 1."""
    fast, slow = sorted((one, other), key=lambda name: statistics.median(seconds[name].values()))
    ratios = paired(seconds[slow], seconds[fast])
    ratio, interval = statistics.median(ratios), median_interval(ratios)
    if interval is None:
        return f"{fast} and {slow}: {ratio:.3f}x in {len(ratios)} round{'s'[:len(ratios) > 1]}; 6 rounds give an interval."
    text = f"{ratio:.3f}x ({interval[0]:.3f} to {interval[1]:.3f})"
    return f"{fast} is {text} as fast as {slow}." if interval[0] > 1 or interval[1] < 1 else f"{fast} and {slow}: no difference shown, {text}."


class Table:
    """Elapsed seconds by strategy and round, and the share of flags that was stored."""

    HEAD = ("strategy", "rounds", "elapsed s", "95 %", "speed-up", "95 %", "stored")

    def __init__(self):
        self.seconds, self.stored = {}, {}

    def add(self, run):
        self.seconds.setdefault(run["strategy"], {})[run["round"]] = run["elapsedSeconds"]
        self.stored.setdefault(run["strategy"], []).append((run["ok"], run["requested"]))

    def lines(self):
        ranked = sorted(self.seconds, key=lambda name: statistics.median(self.seconds[name].values()))
        rows = [self.HEAD, *map(self._row, ranked)]
        widths = [max(map(len, column)) for column in zip(*rows)]
        for row in rows:
            yield "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))])
        yield ""
        for name in filter(COUNTERPARTS.get, ranked):
            if COUNTERPARTS[name] in self.seconds:
                yield verdict(name, COUNTERPARTS[name], self.seconds)
        if any(ok < requested for shares in self.stored.values() for ok, requested in shares):
            yield "Not every flag was stored, so that times are not those of the whole work. FlagCloud asks again where that may help, Python does not."

    def _row(self, name):
        elapsed = list(self.seconds[name].values())
        speedups = paired(self.seconds.get("sequential", {}), self.seconds[name])
        ok, requested = map(sum, zip(*self.stored[name]))
        return (
            name, f"{len(elapsed)}", f"{statistics.median(elapsed):.3f}", between(elapsed, 3),
            f"{statistics.median(speedups):.2f}x" if speedups else "-", between(speedups, 2) if name != "sequential" else "-", f"{100 * ok / requested:.1f} %")


def between(values, digits):
    interval = median_interval(values)
    return f"{interval[0]:.{digits}f} to {interval[1]:.{digits}f}" if interval else "-"


class Unsuitable(Exception):
    """Why nothing was measured, and what to do."""


def comparison(url, comparison_id):
    """The record of a comparison; of the newest one of strategies, where none is named."""
    listed = get(f"{url}/api/comparisons")
    busy = [one["id"] for one in listed if one["status"] in ("queued", "running")]
    if busy:
        raise Unsuitable(f"{busy[-1]} has not ended, and both would disturb each other. Wait, or: {CLI} cancel {busy[-1]}")
    if comparison_id is None:
        ended = [one["id"] for one in listed if one["status"] == "completed" and not one.get("question")]
        if not ended:
            raise Unsuitable(f"There is no completed comparison of strategies. Make one: {CLI} compare")
        comparison_id = ended[0]
    record = get(f"{url}/api/comparisons/{comparison_id}")
    if record["status"] != "completed" or record.get("question"):
        raise Unsuitable(f"{comparison_id} is no completed comparison of strategies. Leave the id out to take the newest one, or: {CLI} list")
    return record


def get(url):
    try:
        # No proxy: FlagCloud is on this machine.
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as problem:
        raise Unsuitable(f"{url} answered {problem.code} {problem.reason}.") from problem
    except (OSError, ValueError) as problem:
        raise Unsuitable(f"{url} cannot be read: {problem}. Start it with: dotnet run --project FlagCloud.AppHost") from problem


def work_of(record, options):
    """The same work as options of the peer; it has none of the settings that the peer cannot follow."""
    settings = record["settings"]
    usual = {"work": "none", "interpreterLock": False, "mode": "force", "connectionReuse": True, "origin": None}
    if unlike := [name for name in usual if settings.get(name, usual[name]) != usual[name]]:
        raise Unsuitable(f"{record['id']} was made with a setting that the peer does not have: {', '.join(unlike)}. Take a comparison without.")
    rounds = max((run["round"] for run in counting(record)), default=0)
    if rounds == 0:
        raise Unsuitable(f"{record['id']} has no round that counts. Make another: {CLI} compare")
    return types.SimpleNamespace(
        origin=(options.origin or record["environment"]["origin"]).rstrip("/"), server=settings["profile"], countries=settings["countries"],
        max_req=settings["concurrency"], seed=settings["seed"], rounds=rounds, strategy=options.strategy)


def counting(record):
    """FlagCloud's rule for which runs' times say something."""
    return [run for run in record["runs"] if not run["warmup"] and not run.get("cancelled") and not run.get("interrupted")]


def measure(record, options):
    table = Table()
    for run in counting(record):
        table.add({**run, "ok": run["ok"] + run.get("notModified", 0)})
    work, its = work_of(record, options), record["environment"]
    python = peer.Peer(work)
    if python.storage.endpoint != its["storage"].rstrip("/"):
        raise Unsuitable(f"FlagCloud stored at {its['storage']}, Python would at {python.storage.endpoint}. Set ConnectionStrings__blobs to FlagCloud's.")
    with contextlib.closing(python):
        for run in python.runs():
            print(f"round {run.round}: python {run.strategy} {run.elapsed:.3f} s", file=sys.stderr)
            if run.round > 0:
                table.add(run.report())
    print(f"{len(work.countries)} flags, {work.max_req} at once at most, from {work.origin} ({work.server}, seed {work.seed}) to {python.storage.endpoint}")
    print(f"FlagCloud: {record['id']}, {its['runtime']}, {its['buildConfiguration']} build, on {its['machine']}")
    print(f"Python: {platform.python_implementation()} {platform.python_version()}, on {platform.node()}, later: what changed there meanwhile is in the ratios\n")
    print(*table.lines(), sep="\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("id", nargs="?", metavar="ID", help="of a comparison [default: the newest]")
    web = os.environ.get("WEB_HTTP") or "http://localhost:15101"
    parser.add_argument("--url", default=web, metavar="ADDRESS", help="FlagCloud's web [default: %(default)s]")
    parser.add_argument("--origin", metavar="ADDRESS", help="the flag server, where it is not the one that the record names")
    parser.add_argument(
        "--strategy", type=peer.strategies, default=["asyncio", "threads"], metavar="NAMES", help="asyncio, threads, sequential [default: asyncio,threads]")
    options = parser.parse_args()
    try:
        measure(comparison(options.url.rstrip("/"), options.id), options)
    except (Unsuitable, *peer.PROBLEMS) as problem:
        sys.exit(f"compare_peer.py: {problem}")


if __name__ == "__main__":
    main()
