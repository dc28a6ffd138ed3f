"""The report of a BPMN import as a file: what is to do, counts by kind, then every name and its fate."""

from __future__ import annotations

from collections import Counter

from generator.exchange.bpmn_in import Imported
from generator.exchange.bpmn_losses import Loss
from generator.exchange.bpmn_words import colon, element, fate_words, kind_words, loss_words
from generator.messages import said

BEGINS = ("Import of ", "收进：")
"""How every report begins, in either language; a file that begins otherwise is somebody else's."""
_TO_DO = ("to ", "taken out")


def to_do(loss: Loss) -> bool:
    """Whether somebody has to do something about it."""
    return loss.kind.startswith(_TO_DO)


def report_text(found: Imported, file: str) -> str:
    """Plain text for people and for grep: `kept` or `dropped`, kind, name, where or why, a line a name."""
    kept = [one for one in found.names if one.where]
    dropped = [one for one in found.names if not one.where]
    lines = [f"{said('Import of ')}{file}{colon()}{said(totals(found))}", ""]
    ours = [loss_words(loss) for loss in found.losses if to_do(loss)]
    changed = [loss_words(loss) for loss in found.losses if not to_do(loss)]
    for title, items in (("To do", ours), ("Changed or left out", changed)):
        if items:
            lines += [said(title), *(f"  {item}" for item in items), ""]
    for title, some in (("Kept, by kind", kept), ("Dropped, by kind", dropped)):
        if some:
            kinds = Counter(one.kind for one in some)
            lines.append(said(title))
            lines += [*(f"  {number} {kind_words(kind)}" for kind, number in sorted(kinds.items())), ""]
    lines.append(said("Every name and text of the file, in its order"))
    for one in found.names:
        kind, place = fate_words(one)
        lines.append(f"  {element('kept' if one.where else 'dropped')}\t{kind}\t{one.name}\t{place}")
    return "\n".join(lines) + "\n"


def totals(found: Imported) -> str:
    """How many names the file has, and how many of them were kept."""
    kept = len([one for one in found.names if one.where])
    return f"{len(found.names)} names and texts, {kept} kept, {len(found.names) - kept} dropped"
