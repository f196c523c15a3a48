"""What the proof prints: who made the documents, what was kept of them, memory, and what failed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from statistics import median

from benchmarks.documents.corpus import Real
from benchmarks.documents.hostile import Hostile
from benchmarks.documents.peers import read_by_other, share_kept
from benchmarks.documents.proof import LAST, Outcome

MOST_MEGABYTES = 500
MOST_GROWTH = 20
FEWEST, FEWEST_HOSTILE = 200, 40
FEWEST_PRODUCERS = 12
FEWEST_OF_A_KIND = 5
# A page's menus, headers and footers are left out on purpose; the other readers keep them.
LEAST_SHARE = {".pdf": 0.9, ".docx": 0.95, ".md": 0.95, ".txt": 0.95, ".html": 0.5}
LEAST_MEDIAN = 0.97
WORST = 12


class Report:
    """The figures of one run, and where they miss a limit."""

    def __init__(self, real: Sequence[Real], hostile: Sequence[Hostile], outcome: Outcome) -> None:
        self._real, self._hostile, self._outcome = real, hostile, outcome

    @cached_property
    def shares(self) -> dict[Real, float]:
        """Of each real document, the share of another reader's words that was kept."""
        return {
            real: share_kept(self._outcome.chunks[real.path], read_by_other(real))
            for real in self._real
            if self._outcome.results[real.path].status == "indexed"
        }

    def failures(self) -> list[str]:
        """Every limit that is missed, in a sentence."""
        return [*self._corpus(), *self._reading(), *self._hostility(), *self._memory()]

    def _corpus(self) -> Iterator[str]:
        if len(self._real) < FEWEST:
            yield f"only {len(self._real)} real documents"
        if len(self._hostile) < FEWEST_HOSTILE:
            yield f"only {len(self._hostile)} hostile documents"
        producers = len(self._producers())
        if producers < FEWEST_PRODUCERS:
            yield f"only {producers} producers"
        for suffix, files in self._by_kind().items():
            if len(files) < FEWEST_OF_A_KIND:
                yield f"only {len(files)} documents of the kind {suffix}"

    def _reading(self) -> Iterator[str]:
        for real in self._real:
            result = self._outcome.results[real.path]
            if result.status != "indexed":
                yield f"{real.path.name} was not indexed: {result.error}"
        for real, share in self.shares.items():
            if share < LEAST_SHARE[real.path.suffix]:
                yield f"{real.path.name} kept only {share:.2f} of the other reader's words"
        if median(self.shares.values()) < LEAST_MEDIAN:
            yield f"the median of what is kept is {median(self.shares.values()):.3f}"

    def _hostility(self) -> Iterator[str]:
        for each in self._hostile:
            result = self._outcome.results[each.path]
            if problem := each.problem(result, self._outcome.chunks[each.path]):
                yield f"{each.path.name}: {problem}"

    def _memory(self) -> Iterator[str]:
        if self._outcome.peak > MOST_MEGABYTES:
            yield f"the engine took {self._outcome.peak:.0f} MB"
        if self._outcome.growth > MOST_GROWTH:
            yield f"the last {LAST} files added {self._outcome.growth:.0f} MB"

    def _producers(self) -> Counter[str]:
        return Counter(real.producer for real in self._real)

    def _by_kind(self) -> dict[str, list[Real]]:
        kinds: dict[str, list[Real]] = {suffix: [] for suffix in LEAST_SHARE}
        for real in self._real:
            kinds[real.path.suffix].append(real)
        return kinds

    def __str__(self) -> str:
        parts = (self._list_of_producers(), self._table(), self._worst(), self._verdict())
        return "\n\n".join("\n".join(part) for part in parts)

    def _list_of_producers(self) -> Iterator[str]:
        yield f"{len(self._producers())} producers, by their own word:"
        for name, count in self._producers().most_common():
            yield f"  {count:3d}  {name}"

    def _table(self) -> Iterator[str]:
        yield f"{'kind':6}{'files':>6}{'indexed':>9}{'passages':>10}{'largest MB':>12}" + (
            f"{'kept: median':>14}{'least':>7}"
        )
        for suffix, files in self._by_kind().items():
            shares = [self.shares[real] for real in files if real in self.shares]
            passages = sum(len(self._outcome.chunks[real.path]) for real in files)
            largest = max(real.path.stat().st_size for real in files) / 1024**2
            yield f"{suffix:6}{len(files):6d}{len(shares):9d}{passages:10,d}{largest:12.2f}" + (
                f"{median(shares):14.3f}{min(shares):7.3f}"
            )

    def _worst(self) -> Iterator[str]:
        yield "least kept of another reader's words:"
        for real, share in sorted(self.shares.items(), key=lambda each: each[1])[:WORST]:
            yield f"  {share:.3f}  {real.path.name} ({real.producer})"

    def _verdict(self) -> Iterator[str]:
        failures = self.failures()
        count = sum(each.status == "indexed" for each in self._outcome.results.values())
        yield f"{len(self._real)} real and {len(self._hostile)} hostile documents: " + (
            f"{count} indexed, in {self._outcome.seconds:.0f} s"
        )
        yield f"engine's memory: at most {self._outcome.peak:.0f} MB (limit {MOST_MEGABYTES}), " + (
            f"seen at {self._outcome.peak_at}; "
            f"the last {LAST} files added {self._outcome.growth:.1f} MB (limit {MOST_GROWTH})"
        )
        yield from (f"NOT MET: {each}" for each in failures)
        yield "met" if not failures else f"{len(failures)} limits not met"
