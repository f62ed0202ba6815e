"""All at once from one thread, which never waits for any of them."""
import asyncio

import download


async def run(countries, limit, download_one):
    places = asyncio.Semaphore(limit)

    async def in_a_place(country):
        async with places:
            await download_one(country)

    await asyncio.gather(*map(in_a_place, countries))


if __name__ == "__main__":
    download.main(run)
