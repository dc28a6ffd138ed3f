"""What readers take away from a chart: files beside the page, a script for the live view, slim drawings."""

from __future__ import annotations

import csv
import io
import json
import re

from generator.present.charts import heat, style
from generator.present.charts.draw import Drawings
from generator.present.charts.slim import SVG, slim
from generator.present.charts.take_away import ROWS, as_csv, bundle, script_of, standalone
from generator.present.page import Page, Section

NAME = "一个指标"


def heat_map():
    return heat.specification(
        heat.Heat((NAME,), ("三季度",), (heat.HeatCell(NAME, "三季度", "met", "101"),), (("met", "达标"),))
    )


def test_csv_is_for_programs():
    made = as_csv([["期间", "数值"], ["2025年", "1,234.5"], ["变化", "−5.0"], ["没有", "–"], ["句", "a, b"]])
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    assert rows == [["期间", "数值"], ["2025年", "1234.5"], ["变化", "-5.0"], ["没有", ""], ["句", "a, b"]]


def test_units_stand_behind_a_usual_space_in_csv():
    text = as_csv([["20.1\u00a0days", "96\u202f%", "CNY\u00a01,240"]]).decode("utf-8-sig")
    assert text.strip() == '20.1 days,96 %,"CNY 1,240"'


def evaluated(call):
    """The specification that a script hands over, as JavaScript would read it."""
    told = re.fullmatch(r"\(function\(t\)\{return (.*)\}\)\(" + re.escape(ROWS) + r"\)", call)
    text, read = (told[1] if told else call), json.JSONDecoder().raw_decode
    while (at := text.find(":t([")) >= 0:
        names, end = read(text, at + 3)
        # What is left out becomes a mark that no value is.
        rest = re.sub(r"(?<=[\[,])(?=,)", '{"same": 1}', text[end + 1 :])
        rows, last = read(rest, 0)
        assert rest[last] == ")"
        made = []
        for row in rows:
            full = [*row, *[{"same": 1}] * (len(names) - len(row))]
            made.append(
                {
                    name: made[-1][name] if value == {"same": 1} else value
                    for name, value in zip(names, full, strict=True)
                }
            )
        text = f"{text[:at]}:{json.dumps(made)}{rest[last + 1 :]}"
    return json.loads(text)


def test_rows_of_a_specification_say_their_names_once():
    rows = [
        {"period": f"2025-{month:02}", "value": None, "sure": month > 3, "n": month // 6, "tip": 'a "b"'}
        for month in range(1, 13)
    ]
    spec = {"layer": [{"mark": "bar"}], "datasets": {"points": rows, "few": rows[:1], "none": []}}
    content = script_of(json.dumps(spec), "{}")[1].decode()
    assert content.count("period") == 2, "in the table, and in the one row that is none"
    assert content.count("null") == 2
    call = re.fullmatch(r'hbChart\("[0-9a-f]{16}",(.*),\{\}\);\n', content)
    assert evaluated(call[1]) == spec
    odd = {"datasets": {"points": [{"a": 1}, {"b": 1}, {"a": 2}, {"a": 3}]}}
    assert '"datasets": {"points"' in script_of(json.dumps(odd), "{}")[1].decode()


def test_the_script_asks_nobody_and_minds_its_own_names():
    made = bundle('const a="https://vega.github.io/schema/vega/v6.json";')
    assert "https://" not in made
    assert re.search(r"\(function\(\)\{const a=", made)
    assert '"#0072B2": "--hb-chart-good"' in made
    assert f"window.hbConfig={json.dumps(style.config())};" in made


def test_the_same_chart_on_two_pages_is_one_script(tmp_path):
    drawings = Drawings(tmp_path)
    pages = []
    for name in ("pilots/east", "indicators/time"):
        drawing, take = drawings.place(heat_map(), "heat", f"Title of {name}", "")
        pages.append(Page(f"{name}.md", "x", "en", "x", (Section("s", 2, "s", f"{drawing}{take}"),)))
    filled = drawings.fill(pages)
    told = [re.findall(r'data-src="\.\./([^"]+)"', page.sections[0].html) for page in filled]
    assert told[0] == told[1]
    assert len([name for name in drawings.files if name.startswith("charts/") and name.endswith(".js")]) == 1


def test_a_slim_drawing_says_once_what_its_marks_have_in_common():
    svg = slim(
        f'<svg xmlns="{SVG}" class="marks" width="90.125" height="20"><g class="mark-group">'
        '<path class="background" d="M0,0h0v0h0Z" pointer-events="none"/><g class="mark-text role-axis">'
        '<text aria-label="a" transform="translate(71.89542,16)" font-family="A" font-size="12px" '
        'fill="#5B6675" opacity="1">1.2345</text><text transform="translate(0,16)" font-family="A" '
        'font-size="12px" fill="#5B6675" opacity="0.5" font-weight="normal">b &amp; c</text></g></g></svg>'
    )
    assert svg == (
        f'<svg xmlns="{SVG}" width="90.125" height="20" font-family="A" font-size="12px"><g fill="#5B6675">'
        '<text x="71.9" y="16">1.2345</text>'
        '<text opacity="0.5" x="0" y="16">b &amp; c</text></g></svg>'
    )


def test_a_slim_drawing_has_one_path_for_lines_and_filled_circles_of_a_look():
    def circle(x: int, r: int, fill: str, stroke: str) -> str:
        outline = f"M{r},0A{r},{r},0,1,1,-{r},0A{r},{r},0,1,1,{r},0Z"
        look = f'fill="{fill}" stroke="{stroke}" stroke-width="1.5"'
        return f'<path transform="translate({x},4)" d="{outline}" {look}/>'

    def lines(*places: int) -> str:
        drawn = "".join(f'<line transform="translate(0,{y})" x2="60" y2="0" stroke="blue"/>' for y in places)
        return f'<g class="role-axis">{drawn}</g>'

    alike = "".join((circle(3, 2, "red", "red"), circle(9, 2, "red", "red"), circle(20, 4, "red", "red")))
    hollow = circle(3, 2, "white", "red") + circle(9, 2, "white", "red")
    svg = slim(
        f'<svg xmlns="{SVG}">{lines(3, 9)}<g>{alike}</g><g>{hollow}</g>'
        '<path d="M1,2L5,2L9,2L9,8L12,9" stroke="blue"/></svg>'
    )
    assert svg == (
        f'<svg xmlns="{SVG}"><g stroke="blue"><path d="M0,3h60M0,9h60"/></g>'
        '<g fill="red" stroke="red" stroke-width="1.5">'
        '<path d="M3,4h0M9,4h0" stroke-linecap="round" stroke-width="5.5"/>'
        '<path d="M20,4h0" stroke-linecap="round" stroke-width="9.5"/></g>'
        '<g fill="white" stroke="red" stroke-width="1.5">'
        '<circle cx="3" cy="4" r="2"/><circle cx="9" cy="4" r="2"/></g>'
        '<path d="M1,2H9V8L12,9" stroke="blue"/></svg>'
    )


def test_a_chart_is_put_in_with_its_files_beside_it(tmp_path):
    drawings = Drawings(tmp_path)
    drawing, take = drawings.place(heat_map(), "heat", "标题 <1>", "说明", [["a", "b"], ["1", "2"]])
    page = Page(
        "pilots/east.md", "x", "zh", "pilots", (Section("top", 1, "", f"<div>{drawing}</div>{take}"),)
    )
    (filled,) = drawings.fill([page])
    html = filled.sections[0].html
    assert '<svg role="img" aria-labelledby="heat-t" aria-describedby="heat-d"' in html
    assert 'href="../charts/pilots-east-heat.svg"' in html
    scripts = {name for name in drawings.files if name.endswith(".js")} - {"assets/vega.js"}
    assert set(drawings.files) - scripts == {
        "assets/vega.js", "charts/pilots-east-heat.svg", "charts/pilots-east-heat.csv",
    }  # fmt: skip
    alone = drawings.files["charts/pilots-east-heat.svg"].decode()
    assert "var(" not in alone
    assert "<title>标题 &lt;1&gt;</title>" in alone
    block = re.search(r'class="hb-spec" data-src="\.\./(charts/[0-9a-f]{16}\.js)" hidden', html)
    assert block is not None
    call = re.fullmatch(r'hbChart\("([0-9a-f]{16})",(.*)\);\n', drawings.files[block[1]].decode())
    assert call is not None
    assert block[1] == f"charts/{call[1]}.js"
    told, _, places = call[2].rpartition(",{")
    spec, hovered = evaluated(told), json.loads("{" + places)
    # Each cell has its place in the drawing, from which it says its row's tip.
    assert [place[2:] for place in hovered["wide"]] == [["cells", row] for row in range(len(hovered["wide"]))]
    assert len(hovered["wide"]) == len(spec["datasets"]["cells"])
    assert len({(x, y) for x, y, _, _ in hovered["wide"]}) == len(hovered["wide"])
    assert spec["datasets"]["cells"][0]["label"] == "101"
    assert "config" not in spec, "the look is the same for all and comes with the script that draws"
    assert standalone("<svg a>b</svg>", "t", "d").startswith("<svg a><title>t</title><desc>d</desc><rect")
