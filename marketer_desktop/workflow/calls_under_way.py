"""How far the model calls under way have come, counted as work."""

from collections import Counter, defaultdict, deque

from marketer_desktop.domain.eta import PROMPT_WEIGHT, work_of


class CallsUnderWay:
    """Calls by their place in the graph; several may be under way at the same one."""

    def __init__(self) -> None:
        self._open: defaultdict[str, deque[int]] = defaultdict(deque)  # estimates of prompts
        self._unread: Counter[str] = Counter()
        self._counted: dict[str, float] = {}
        self._estimated = self._true = 0

    def begin(self, node: str, prompt_tokens: int) -> None:
        """A call is sent; its prompt has about so many tokens."""
        self._open[node].append(prompt_tokens)
        self._unread[node] += prompt_tokens

    def token(self, node: str) -> float:
        """The work that is done with one more token: its own, and of prompts read before it."""
        scale = self._true / self._estimated if self._estimated else 1.0
        work = 1 + PROMPT_WEIGHT * scale * self._unread.pop(node, 0)
        self._counted[node] = self._counted.get(node, 0.0) + work
        return work

    def drop(self, node: str) -> float:
        """The work that was counted of answers which begin anew."""
        return self._counted.pop(node, 0.0)

    def end(self, node: str, tokens_input: int, tokens_output: int) -> tuple[float, bool]:
        """The work of a call that was not counted yet, and whether it was made just now."""
        whole, counted = work_of(tokens_input, tokens_output), self._counted.get(node, 0.0)
        if self._open[node]:
            self._estimated += self._open[node].popleft()
            self._true += tokens_input
        if self._open[node]:
            self._counted[node] = counted - min(counted, whole)
            return whole - min(counted, whole), True
        self._unread.pop(node, None)
        return whole - self._counted.pop(node, 0.0), counted > 0
