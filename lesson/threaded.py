"""As many threads as downloads may be in flight, each blocked by one of them."""
from concurrent.futures import ThreadPoolExecutor

import download


def run(countries, limit, download_one):
    with ThreadPoolExecutor(max_workers=limit) as pool:
        for _ in pool.map(download_one, countries):
            pass  # Taking a result raises what its download raised.


if __name__ == "__main__":
    download.main(run)
