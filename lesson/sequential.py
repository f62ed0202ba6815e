"""The next flag is asked for only when the last one is saved."""
import download


def run(countries, limit, download_one):
    for country in countries:
        download_one(country)


if __name__ == "__main__":
    download.main(run)
