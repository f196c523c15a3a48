"""The proof as a table: operations, examples, statuses; then what was found."""

from benchmarks.api_proof.asking import SAID_ELSEWHERE, STREAM, Proof


def table(proof: Proof) -> str:
    """A line for each operation."""
    width = max(map(len, proof.statuses), default=0)
    lines = []
    for label in sorted(proof.statuses, key=lambda label: (label.partition(" ")[2], label)):
        counted = proof.statuses[label]
        told = ", ".join(f"{status}: {counted[status]}" for status in sorted(counted))
        lines.append(f"{label:<{width}}  {sum(counted.values()):>6}  {told}")
    lines.append(f"{'all':<{width}}  {proof.examples:>6}  {proof.sequences} steps behind another")
    lines += [
        f"not held against {label}: {', '.join(checks)} ({why})"
        for label, (checks, why) in SAID_ELSEWHERE.items()
    ]
    lines.append(f"not asked here: {STREAM} of a run (tests/integration/api/test_stream_api.py)")
    lines += [f"\nFOUND {name}\n{told}" for name, told in sorted(proof.findings.items())]
    return "\n".join(lines) + "\n"
