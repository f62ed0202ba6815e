"""The body of the loop, and what the three scripts share: which flags, from where, into which folder."""
import argparse
import asyncio
import http.client
import inspect
import os
import pathlib
import re
import sys
import time

from client import AsyncClient, BlockingClient

TOP20 = "cn in us id br pk ng bd ru jp mx ph vn et eg de ir tr cd fr".split()


class Flags:
    def __init__(self, options, client):
        self.origin, self.profile, self.seed = options.origin.rstrip("/"), options.server, options.seed
        self.folder = pathlib.Path(options.folder)
        self.client = client
        self.saved = []

    def download_one(self, country):
        """The body of the loop, for a caller that may be blocked."""
        try:
            self.save(country, self.client.ask("GET", *self.request(country)))
        except (OSError, ValueError, http.client.HTTPException) as problem:
            print(f"{country}: {problem}", file=sys.stderr)

    async def download_one_async(self, country):
        """The same body, for a caller that may not."""
        try:
            self.save(country, await self.client.ask("GET", *self.request(country)))
        except (OSError, ValueError) as problem:
            print(f"{country}: {problem}", file=sys.stderr)

    def request(self, country):
        return f"{self.origin}/{self.profile}/flags/{country}.svg", {"X-FlagCloud-Seed": self.seed}

    def save(self, country, answer):
        if answer.status != 200 or answer.headers.get_content_type() != "image/svg+xml":
            raise ValueError(f"no flag, but {answer.status} {answer.reason} and {answer.headers.get_content_type()}")
        path = self.folder / f"{country}.svg"
        part = path.with_suffix(".part")
        part.write_bytes(answer.body)
        os.replace(part, path)  # A flag is there whole or not at all.
        self.saved.append(country)
        print(f"{country} ", end="", flush=True)


def add_options(parser):
    """Those that mean what they mean in flagcloud, and are called so."""
    parser.add_argument(
        "countries", nargs="*", type=code, default=TOP20, metavar="CC", help="codes such as br [default: the 20 most populous countries]")
    parser.add_argument("-s", "--server", type=str.lower, default="web", metavar="PROFILE", help="profile of the origin [default: web]")
    parser.add_argument("-m", "--max-req", type=at_least(1), default=20, metavar="N", help="downloads in flight at most [default: 20]")
    parser.add_argument("--origin", default="http://127.0.0.1:15102", metavar="ADDRESS", help="the flag server [default: %(default)s]")


def code(text):
    if not re.fullmatch("[a-z]{2,5}(-[a-z]{2,3})?", text.lower(), re.ASCII):
        raise argparse.ArgumentTypeError(f"'{text}' is no code of a country. Give codes such as br or gb-eng.")
    return text.lower()


def at_least(least):
    def number(text):
        if not (text.isascii() and text.isdecimal() and int(text) >= least):
            raise argparse.ArgumentTypeError(f"'{text}' is not allowed. Give a whole number from {least}.")
        return int(text)
    return number


def main(run):
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    add_options(parser)
    parser.add_argument("--seed", type=at_least(0), default=2, metavar="N", help="of the origin's draws [default: 2, that of a comparison's first round]")
    folder = pathlib.Path(__file__).with_name("flags")
    parser.add_argument("--folder", default=folder, help="where the flags go [default: %(default)s]")
    options = parser.parse_args()

    is_async = inspect.iscoroutinefunction(run)
    flags = Flags(options, AsyncClient() if is_async else BlockingClient())
    flags.folder.mkdir(parents=True, exist_ok=True)
    begun_at = time.perf_counter()
    if is_async:
        asyncio.run(run(options.countries, options.max_req, flags.download_one_async))
    else:
        run(options.countries, options.max_req, flags.download_one)
    print(f"\n{len(flags.saved)} of {len(options.countries)} flags in {time.perf_counter() - begun_at:.2f} s, in the folder {flags.folder}")
    sys.exit(0 if len(flags.saved) == len(options.countries) else 1)
