"""process-shares: of every fork in the road the map says how many cases take which way.

A map without shares is drawn; its lead time, rework and yield are not known, and its page says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """Lead time, rework and first-pass yield depend on how many cases are sent back. Without the shares of
the ways out of a gateway a map is only a picture: it is drawn, but nothing can be reckoned from it."""


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, process in context.catalogue.processes.items():
        for key, map_ in process.maps.drawn:
            for position, step in enumerate(map_.steps):
                missing = [link.to for link in step.next if link.share is None]
                if step.gateway == "and" or len(step.next) < 2 or not missing:
                    continue
                mark = context.catalogue.mark(
                    f"processes/{id_}", ("maps", key, "steps", position, "next"), key=True
                )
                message = f"not every way out of '{step.id}' has a share: no figures of this map"
                hint = (
                    f"write {{to: {missing[0]}, share: …}} for each way, together 1; or gateway: and, where "
                    "every case takes all ways"
                )
                yield Finding(mark, message, hint)


RULE = Rule("process-shares", "warning", WHY, check)
