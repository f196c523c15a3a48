"""The proof as a table: operations, examples, statuses; then what was found."""

from benchmarks.api_proof.asking import LEFT_OUT, SAID_ELSEWHERE, Proof


def table(proof: Proof) -> str:
    """A line for each operation; then what was held against them, what was not, and findings."""
    width = max(map(len, proof.statuses), default=0)
    lines = []
    for label in sorted(proof.statuses, key=lambda label: (label.partition(" ")[2], label)):
        counted = proof.statuses[label]
        told = ", ".join(f"{status}: {counted[status]}" for status in sorted(counted))
        lines.append(f"{label:<{width}}  {sum(counted.values()):>6}  {told}")
    lines.append(f"{'all':<{width}}  {proof.examples:>6}")
    lines += [f"checked {name}: {times} times" for name, times in sorted(proof.checks.items())]
    lines.append(
        f"{proof.steps.total()} steps were made with what another had answered, "
        f"by {len(proof.steps)} links"
    )
    lines += [f"refused each time: {label}" for label in sorted(proof.refused)]
    lines += [f"not asked: {said}" for said in LEFT_OUT]
    lines += [
        f"not held against {label}: {', '.join(checks)} ({why})"
        for label, (checks, why) in SAID_ELSEWHERE.items()
    ]
    lines += [f"\nFOUND {name}\n{told}" for name, told in sorted(proof.findings.items())]
    return "\n".join(lines) + "\n"
