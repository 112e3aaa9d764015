"""One line a check, and an exit code that says whether all held."""

import sys


class Report:
    def __init__(self, subject):
        self.subject, self.failed = subject, False

    def check(self, what, holds, detail=""):
        """`detail` says what was seen; a list or set of offenders is cut short."""
        if isinstance(detail, (list, set, tuple)):
            shown = [str(one)[:100] for one in sorted(detail, key=str)[:3]]
            detail = "; ".join(shown) + (f"; and {len(detail) - 3} more" if len(detail) > 3 else "")
        print(f"{'ok  ' if holds else 'FAIL'} {self.subject}: {what}" + (f" ({detail})" if detail else ""))
        self.failed |= not holds

    def none(self, what, offenders):
        """Holds when there is no offender; otherwise names the first few."""
        self.check(what, not offenders, offenders)

    def close(self):
        sys.exit(1 if self.failed else 0)
