"""Asks an address again and again, and says for how many seconds nobody answered.

    python3 deploy/prober.py https://reckoner.example.org/login/ [SECONDS]

Ends after SECONDS, or when it is told to (Ctrl-C). Exit 1 where the gaps add up to more than two seconds.
"""

import signal
import ssl
import sys
import time
import urllib.error
import urllib.request
from collections import Counter

PAUSE = 0.1
MOST = 2.0
PATIENCE = 30.0


def answers(address: str) -> str:
    """Empty where a page came, otherwise what came instead. A certificate of one's own is good enough here."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE, context=context if address[:5] == "https" else None):
            return ""
    except urllib.error.HTTPError as error:
        return f"status {error.code}"
    except OSError as error:
        return str(getattr(error, "reason", error))


def main(address: str, seconds: float) -> int:
    ended: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: ended.append(number))
    signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    began = time.monotonic()
    asked, slowest, since = 0, 0.0, 0.0
    gaps, odd = [0.0], Counter[str]()
    while not ended and time.monotonic() - began < seconds:
        at = time.monotonic()
        said = answers(address)
        asked += 1
        if said:
            odd[said] += 1
            since = since or at
        else:
            slowest = max(slowest, time.monotonic() - at)
            gaps.append(at - since if since else 0.0)
            since = 0.0
        time.sleep(PAUSE)
    gaps.append(time.monotonic() - since if since else 0.0)
    missing, lasted = sum(gaps), time.monotonic() - began
    print(f"{asked} asked in {lasted:.0f} s; without an answer {missing:.1f} s, at most {max(gaps):.1f} s at once;")
    print(f"slowest answer {slowest:.1f} s; not answered: {dict(odd) or 'none'}")
    return int(missing > MOST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else float("inf")))
