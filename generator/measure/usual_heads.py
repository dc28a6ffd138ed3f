"""The columns of a log under the names that systems and mining tools give them.

A process that is measured says this mapping in its own `query:`; here it is only found the first time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

USUAL: dict[str, tuple[str, ...]] = {
    "case": (
        "caseid", "caseconceptname", "casekey", "traceid", "processinstanceid", "procinstid", "instanceid",
        "案例", "案例id", "案例编号", "流程实例", "流程实例id", "实例编号", "单号", "工单号", "订单号",
    ),
    "activity": (
        "conceptname", "activityname", "activityid", "actname", "event", "eventname", "step", "task",
        "taskname", "活动", "活动名称", "环节", "环节名称", "节点", "节点名称", "步骤", "任务名称",
    ),
    "start": (
        "starttimestamp", "starttime", "startdate", "startedat", "begin", "begintime", "开始", "开始时间",
        "创建时间", "到达时间",
    ),
    "end": (
        "timetimestamp", "timestamp", "completetimestamp", "endtimestamp", "endtime", "enddate", "endedat",
        "completetime", "completedat", "finished", "eventtime", "time", "datetime", "date", "结束",
        "结束时间", "完成时间", "办理时间", "处理时间", "时间", "时间戳",
    ),
    "resource": (
        "orgresource", "user", "username", "assignee", "performer", "actor", "operator", "处理人", "办理人",
        "执行人", "操作人", "经办人",
    ),
    "role": ("orgrole", "rolename", "角色", "岗位"),
    "department": ("orggroup", "dept", "group", "部门", "科室", "组织"),
}  # fmt: skip
"""Of each of our columns, what others call it: letters and digits only."""


def usual_query(columns: Sequence[str], table: str) -> str | None:
    """A SELECT that gives our names to such columns; None where the log has them, or cannot be told."""
    if "case" in columns and "activity" in columns and ("start" in columns or "end" in columns):
        return None
    plain = {re.sub(r"[\W_]+", "", column.lower()): column for column in columns}
    found: dict[str, str] = {}
    for ours, others in USUAL.items():
        column = next((plain[name] for name in (ours, *others) if name in plain), None)
        if column is not None and column not in found.values():
            found[ours] = column
    if not {"case", "activity"} <= found.keys() or not {"start", "end"} & found.keys():
        return None
    parts = ", ".join(f'{_quoted(theirs)} as "{ours}"' for ours, theirs in found.items())
    return f"select {parts} from {_quoted(table)}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
