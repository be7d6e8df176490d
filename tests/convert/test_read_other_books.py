"""Workbooks that are no XLSX: ODS with its merged cells, and XLS under each name that it goes by."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from pathlib import Path

from circledata.convert.model import SourceTable
from circledata.convert.read import read_tables


def cells(table: SourceTable) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table.rows]


def ods(rows: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="网点">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def ods_row(*texts: str) -> str:
    return (
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
        )
        + "</table:table-row>"
    )


def test_ods(tmp_path: Path) -> None:
    path = tmp_path / "网点.ods"
    path.write_bytes(ods(ods_row("名称", "地址") + ods_row("甲", "乙")))
    (table,) = read_tables(path)
    assert (table.header, cells(table), table.file.format) == (("名称", "地址"), [{"名称": "甲", "地址": "乙"}], "ods")


def test_ods_with_merged_cells(tmp_path: Path) -> None:
    blank = "<table:covered-table-cell/>"
    head = ods_row("区县", "联系") + ods_row("x", "电话", "手机")
    head = head.replace("<table:table-cell ", '<table:table-cell table:number-rows-spanned="2" ', 1)
    head = head.replace('string"><text:p>联系', 'string" table:number-columns-spanned="2"><text:p>联系')
    head = head.replace('<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>', blank)
    rows = ods_row("凉州区", "1", "2").replace(
        "<table:table-cell ", '<table:table-cell table:number-rows-spanned="2" ', 1
    )
    rows += f"<table:table-row>{blank}" + ods_row("3", "4").removeprefix("<table:table-row>")
    path = tmp_path / "网点.ods"
    path.write_bytes(ods(head + rows))
    (table,) = read_tables(path)
    assert (table.header, table.header_row) == (("区县", "联系/电话", "联系/手机"), 2)
    assert cells(table)[1] == {"区县": "凉州区", "联系/电话": "3", "联系/手机": "4"}


XLS = (
    # An Excel 97 workbook: a title, two header rows with merged cells, a hidden sheet, a date, an error.
    "c-rk)T}V_>5dO}+cYicpcTFRW77?;CeaK$I(6yp`a?w_@qBM1-!u(+=NFUTPAA=xzD0)b+APB3MO8S2*2$XsVf<lX)A}A>6LEUEN"
    "-rZK)z=afyJC`$aX3or<Irq%@xp!jRH#vMKe+u)U5;|t1X>caU6qU3X;{~-xqg;(qH<hRj%L>xmG?7jR9%R0B@f`AePeH?N;~8P#"
    "1C@j5MzE{1tzZdZhs4mVIED&kQ0{5CLdAnTi7Q)htKgM_Z;9?h!BrwTC%A%iC)ELr2ZF_0tvueR6-t|ju);mDc`K65$i;Kc<Nou?"
    ")OBEc<XH3ZW!B&~GB5&~((1O(wg~fCxQ29~hoH2hqcj|zL=H{&2!2EhfbX$&{j|WAFRfgG<Ui-iU4N0gX%gqlFK7lZfaqbx$vlJ%"
    ")EL~Nsk;8LZsx08oEe(B*cj-YMm<(gD;HW;6GzHJtVX8gp(i0Cne|_L*iln{kVtKV>nM@&zUz%dZW7U<UevumR31`LWhV*k4^rx#"
    "O6S8tHWTlh%_LKnSO(!RvZU^lh32KPOyBtSs-~qj&?J%pIY7)~W*v_SQJiKAGWJM|BaVy3Vw2!A;&qMG^9ARS4$-38T&uEsP;|~p"
    "YZ3LcMc{Q{eL{T$)rUUU-S-cD3~Z$OX!TTY&gh%KFbe6|3zI!RgD6oY>hdLqu|SL}YeRY`IPZ_m$*p;<*rV22nuQr&js!lzkKvKA"
    "`>e+h8<oUHi49|ui@i~k)5Mnjxrx(>)2$Xm>Siq3Jin~1S+SUPC4I1^CO#cj51RON#`TPNta_4Ib@A!4Y<2O<v-}9FiDSR5S6O4{"
    "Hr~?HCp62KA=x=MKEsNSJsIMOFC%>#bL?sFmu!k_EpfUvQofFuE?n>{_$eblp^TJtaRzyLnuNt2o2QJjq`$#HrIwAmBC1M|FGb3$"
    "I9{$Puac%bQ+caM_Ev4M!3G;_u)&7K1io4DX|2mW$GluS<-%nC*O{R*YyT$sZ($F*=s7{3l)KPLG=iR#@@EwsD&|Wq&?ff3kfDKk"
    "kDwhb5=VQ=`Ac_Dl{lUS8+!lU5=yoI*;L|O<o<sF-&7(X"
)


def test_xls(tmp_path: Path) -> None:
    for name in ("网点.xls", "网点.et", "网点.xlsx"):
        path = tmp_path / name
        path.write_bytes(zlib.decompress(base64.b85decode(XLS)))
        (table,) = read_tables(path)
        assert table.header == ("区县", "名称", "坐标/经度", "坐标/纬度", "开业")
        assert [(row.number, dict(row.cells)) for row in table.rows] == [
            (4, {"区县": "凉州区", "名称": "甲", "坐标/经度": "102.64", "坐标/纬度": "37.92", "开业": "2026-03-01"}),
            (5, {"区县": "凉州区", "名称": "乙", "坐标/经度": "310101"}),
        ]
        assert (table.sheet, table.file.format, dict(table.notes)["sheet-hidden"]) == ("网点", "xls", {"sheet": "底稿"})
