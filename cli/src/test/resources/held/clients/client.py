"""Asks for each URL; prints the status and the answer. With urllib, or with requests if that is the first argument."""
import sys
import urllib.error
import urllib.request


def plain(url):
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def library(url):
    import requests
    answer = requests.get(url, timeout=20)
    return answer.status_code, answer.text


way = library if sys.argv[1] == "requests" else plain
for url in sys.argv[2:]:
    print(*way(url), flush=True)
