"""`./dev bench`: the figures of docs/performance.md, each against a baseline of the same run. Prints a table; judges nothing."""

import argparse
import sys

from tests.bench import box, documents, headset, reporting, signing, startup, voice, vpn, walked

BENCHES = {
    "startup": startup.run,
    "walked": walked.run,
    "reporting": reporting.run,
    "voice": voice.run,
    "box": box.run,
    "headset": headset.run,
    "documents": documents.run,
    "signing": signing.run,
    "vpn": vpn.run,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("only", nargs="*", choices=[*BENCHES, []], help="which (all)")
    parser.add_argument("--runs", type=int, default=9, help="runs a figure is the median of")
    options = parser.parse_args()
    print("| figure | median | min | max | baseline | ratio | wanted |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in options.only or BENCHES:
        for row in BENCHES[name](options.runs):
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
