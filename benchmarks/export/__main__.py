"""`python -m benchmarks.export`: real documents as files, read back; hostile ones; speed.

It exits with 1 if a reader misses anything, if something hostile is left, or if a format takes more
than three times as long as the library underneath. Readers that are not installed are named.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.export.corpus import Real, documents
from benchmarks.export.hostile import complaints
from benchmarks.export.round_trip import missing_programs, readings
from benchmarks.export.speed import LENGTH, LIMIT, ratios

COUNT = 30
PICTURES = Path("screenshots/export")


def main() -> int:
    """Print the tables; 1 if anything is wrong."""
    real = documents(COUNT)
    features = Counter(feature for each in real for feature in each.features)
    print(f"{len(real)} documents, {sum(len(each.markdown) for each in real):,} characters")
    print("  with " + ", ".join(f"{name} {count}" for name, count in features.most_common()))
    for name in missing_programs():
        print(f"  not installed, not asked: {name}")
    wrong = len(real) < COUNT
    wrong |= _round_trip(real)
    with tempfile.TemporaryDirectory() as folder:
        found = list(complaints(Path(folder)))
        print(f"\nhostile text: {len(found)} complaints")
        for each in found:
            print(f"  ✗ {each}")
        print(f"\n{LENGTH:,} characters, limit {LIMIT}")
        for ratio in ratios(real, Path(folder)):
            mark = "✓" if ratio.value <= LIMIT else "✗"
            wrong |= ratio.value > LIMIT
            print(
                f"  {mark} {ratio.form:5} {ratio.ours * 1000:7.0f} ms, "
                f"{ratio.theirs * 1000:7.0f} ms by {ratio.library}: {ratio.value:.2f}"
            )
    return int(wrong or bool(found))


def _round_trip(real: list[Real]) -> bool:
    asked: Counter[str] = Counter()
    lost = []
    for each in readings(real, PICTURES):
        asked[f"{each.form} by {each.reader}"] += 1
        if each.lost:
            lost.append(each)
    for name, count in sorted(asked.items()):
        missed = sum(f"{each.form} by {each.reader}" == name for each in lost)
        print(f"  {'✗' if missed else '✓'} {name}: {count - missed} of {count} whole")
    for each in lost:
        print(f"    {each.document}, {each.form} by {each.reader}: {each.lost}")
    print(f"  first pages: {PICTURES}/*.png")
    return bool(lost)


if __name__ == "__main__":
    sys.exit(main())
