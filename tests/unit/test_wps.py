"""Workbooks as WPS writes them: parts, number formats, texts in cells; and its own kind of file."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.unit.books import run
from tests.unit.small_book import read, small_book

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KINDS}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KINDS}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KINDS}.sharedStrings+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>WPS 表格</Application></Properties>',
    "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'custom-properties"><property name="KSOProductBuildVer"/></Properties>',
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINKS}"><fileVersion appName="xl" lastEdited="3"/>'
    '<bookViews><workbookView windowWidth="28800"/></bookViews>'
    '<sheets><sheet name="月度" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="rId3" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId2" Type="{LINKS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet {MAIN}><numFmts count="3">'
    '<numFmt numFmtId="41" formatCode="_ * #,##0_ ;_ * \\-#,##0_ ;_ * &quot;-&quot;_ ;_ @_ "/>'
    '<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/>'
    '<numFmt numFmtId="177" formatCode="0.00_ "/></numFmts>'
    '<cellXfs count="6"><xf numFmtId="0"><alignment vertical="center"/></xf><xf numFmtId="176"/>'
    '<xf numFmtId="177"/><xf numFmtId="10"/><xf numFmtId="31"/><xf numFmtId="41"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>'
    '<extLst><ext uri="{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}"/></extLst></styleSheet>',
    "xl/sharedStrings.xml": f'<sst {MAIN} count="4" uniqueCount="4"><si><t>期间</t></si><si><t>指标</t></si>'
    '<si><r><rPr><sz val="11"/><charset val="134"/></rPr><t>数</t></r><r><rPr><b/></rPr><t>值</t></r></si>'
    '<si><t xml:space="preserve"> 首次答复时间</t></si></sst>',
    "xl/worksheets/sheet1.xml": f'<worksheet {MAIN} xmlns:etc="http://www.wps.cn/officeDocument/2017/'
    'etCustomData"><sheetPr/><dimension ref="A1:C6"/><sheetFormatPr defaultRowHeight="13.5"/>'
    '<cols><col min="1" max="1" width="12.625" customWidth="1"/></cols><sheetData>'
    '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    '<c r="C1" t="s"><v>2</v></c>'
    '</row><row r="2" ht="14.25" spans="1:3"><c r="A2" s="1"><v>46054</v></c><c r="B2" t="s"><v>3</v></c>'
    '<c r="C2" s="2"><v>9.5</v></c></row>'
    '<row r="3" spans="1:3"><c r="A3" s="4"><v>46081</v></c><c r="B3" t="inlineStr">'
    "<is><t>准时交付率</t></is></c>"
    '<c r="C3" s="3"><v>0.912</v></c></row>'
    '<row r="4" spans="1:3"><c r="A4" t="str"><f>TEXT(A3,"yyyy-mm")</f><v>2026-02</v></c>'
    '<c r="B4" t="inlineStr"><is><r><t>营业</t></r><r><t>收入</t></r></is></c>'
    '<c r="C4" s="5"><f>SUM(C5,1)</f><v>1240500</v></c></row></sheetData>'
    '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>'
    '<headerFooter/><extLst><ext uri="{x}" etc:form="1"/></extLst></worksheet>',
}


def written(path: Path) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, text in PARTS.items():
            packed.writestr(name, HEAD + text)
    return path


def test_its_formats_of_days_months_and_per_cent_and_its_texts_in_cells_are_read(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    written(book / "data/results/a.xlsx")
    results, problems = read(book)
    assert [str(one) for one in problems] == []
    assert [(str(row.period), row.indicator, row.value) for row in results] == [
        ("2026-02", "reply-time", 9.5),
        ("2026-02", "on-time", 91.2),
        ("2026-02", "revenue", 1240500),
    ]


@pytest.mark.parametrize("name", ["a.et", "a.xls", "a.ods", "a.XLSX"])
def test_its_own_kind_of_file_is_refused_with_what_to_do(name: str, tmp_path: Path) -> None:
    """A per cent format stands in no place that is read of them: 0.912 would be taken for 0.912 %."""
    book = small_book(tmp_path / "p")
    told = {
        "a.et": "open it in WPS and save it as .xlsx",
        "a.xls": "open it in Excel and save it as .xlsx",
        "a.ods": "open it in LibreOffice and save it as .xlsx",
        "a.XLSX": "rename it: results end in .xlsx",
    }[name]
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    code, said = run("import", "results", tmp_path / name, "--project", book)
    assert code == 2
    assert told in " ".join(said.split())
    (book / "data/results" / name).write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    _, (problem,) = read(book)
    assert problem.hint.startswith(told)
    code, said = run("import", "excel", book / "data/results" / name, "--project", book)
    assert code == 1
    assert "open it in WPS, Excel or LibreOffice and save it as .xlsx" in said
