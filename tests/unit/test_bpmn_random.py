"""Files of random shape are read, pass the check, and every name in them is accounted for.

Valid BPMN as tools write it: sub-processes in each other, lanes in lanes, events of every kind, loose ends,
several starts, ways from anywhere to anywhere, extensions of nine tools, names that are no plain words.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from generator.exchange.bpmn_bytes import parsed
from generator.exchange.bpmn_in import read_bpmn
from generator.pipeline import check_project
from generator.problems import as_text
from tests.unit.bpmn_names import assert_accounted
from tests.unit.random_bpmn import RandomFile
from tests.unit.test_bpmn_dirty import project

FILES = 60


def test_random_files_pass_the_check_and_lose_no_name(tmp_path: Path) -> None:
    processes: dict[str, dict[str, object]] = {}
    for seed in range(FILES):
        data = RandomFile(seed).text().encode("gb18030" if seed % 5 == 0 else "utf-8")
        if seed % 5 == 0:
            data = data.replace(b'encoding="UTF-8"', b'encoding="GBK"')
        found = read_bpmn(data, "x")
        plain, _ = parsed(data)
        assert_accounted(ET.tostring(plain), found)
        for number, process in enumerate(found.processes):
            processes[f"file-{seed}-{number}"] = process
    checked = check_project(project(tmp_path, processes))
    assert not checked.problems.has_errors, as_text(checked.problems)
    assert len(processes) > FILES
