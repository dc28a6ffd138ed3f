"""Row after row with the same fault: the first few are told one by one, the rest as a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from generator.problems import FilePosition, Problem, Problems, Severity

SHOWN = 10
"""Problems of one rule that are told one by one in a file."""


MOST_TOLD = 100
"""Problems of one kind that are told one by one in a YAML file or in a column, where each is another one."""


class Capped:
    """Adds the first problems of each rule, `SHOWN` as a rule, and counts the rest; places are looked up when
    told."""

    def __init__(self, problems: Problems, what: str = "rows", shown: int = SHOWN) -> None:
        self._problems, self._shown = problems, shown
        self._what = what
        self._told: Counter[str] = Counter()
        self._last: dict[str, Problem] = {}

    def error(self, mark: Callable[[], FilePosition], rule: str, message: str, hint: str = "") -> None:
        self._tell("error", mark, rule, message, hint)

    def warning(self, mark: Callable[[], FilePosition], rule: str, message: str, hint: str = "") -> None:
        self._tell("warning", mark, rule, message, hint)

    def _tell(
        self, level: Severity, mark: Callable[[], FilePosition], rule: str, message: str, hint: str
    ) -> None:
        self._told[rule] += 1
        if self._told[rule] < self._shown:
            self._problems.add(Problem(mark(), level, rule, message, hint))
        elif self._told[rule] == self._shown:
            self._last[rule] = Problem(mark(), level, rule, message, hint)

    def more(self, rule: str, count: int) -> None:
        """Counts problems of a rule of which enough are told."""
        self._told[rule] += count

    def tells(self, rule: str) -> bool:
        """Whether one more problem of a rule would be told; what only serves to tell it can be left."""
        return self._told[rule] < self._shown

    def close(self) -> None:
        """Adds the last one that is told of each rule, with the number of those that are not."""
        for rule, problem in self._last.items():
            more = self._told[rule] - self._shown
            message = (
                f"{problem.message} (and {more} more {self._what} of this kind)" if more else problem.message
            )
            self._problems.add(Problem(problem.mark, problem.level, rule, message, problem.hint))
        self._last.clear()
