"""The report of a BPMN import as a file: what is to do, counts by kind, then every name and its fate."""

from __future__ import annotations

from collections import Counter

from generator.exchange.bpmn_in import Imported

BEGINS = "Import of "
"""How every report begins; a file that begins otherwise is somebody else's."""
TO_DO = ("to ", "taken out")


def report_text(found: Imported, file: str) -> str:
    """Plain text for people and for grep: `kept` or `dropped`, kind, name, where or why, a line a name."""
    kept = [one for one in found.names if one.where]
    dropped = [one for one in found.names if not one.where]
    lines = [f"{BEGINS}{file}: {totals(found)}", ""]
    to_do = [line for line in found.report if line.startswith(TO_DO)]
    changed = [line for line in found.report if not line.startswith(TO_DO)]
    for title, items in (("To do", to_do), ("Changed or left out", changed)):
        if items:
            lines += [title, *(f"  {item}" for item in items), ""]
    for title, some in (("Kept, by kind", kept), ("Dropped, by kind", dropped)):
        if some:
            kinds = Counter(one.kind for one in some)
            lines += [title, *(f"  {number} {kind}" for kind, number in sorted(kinds.items())), ""]
    lines.append("Every name and text of the file, in its order")
    lines += [
        f"  {'kept' if one.where else 'dropped'}\t{one.kind}\t{one.name}\t{one.where or one.why}"
        for one in found.names
    ]
    return "\n".join(lines) + "\n"


def totals(found: Imported) -> str:
    """How many names the file has, and how many of them were kept."""
    kept = len([one for one in found.names if one.where])
    return f"{len(found.names)} names and texts, {kept} kept, {len(found.names) - kept} dropped"
