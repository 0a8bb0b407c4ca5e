#!/usr/bin/env python3
"""Builds the binary fixtures of this folder (pictures, DOCX, ODT, ZIP) from the parts below, always the same bytes.

Run it after a change here and commit what it makes; the tests never run it."""
import pathlib
import struct
import zipfile
import zlib

HERE = pathlib.Path(__file__).parent
# A grey picture of one pixel.
JPEG = bytes.fromhex(
    "FFDB004300030202020202030202020303030304060404040404080606050609080A0A090809090A0C0F0C0A0B0E0B09090D110D"
    "0E0F101011100A0C12131210130F101010FFC9000B080001000101011100FFCC000600101005FFDA0008010100003F00D2CF20FFD9"
)


def write(path, data):
    target = HERE / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def archive(members, first=None):
    """A ZIP of (name, bytes or text), with a fixed date; the member `first` is stored, not deflated."""
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zip_file:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            zip_file.writestr(info, data)
    return out.getvalue()


# Pictures


def xmp(properties):
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        ' xmlns:cc="http://creativecommons.org/ns#">'
        + properties
        + '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def alt(text):
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>'


def seq(*texts, kind="Seq"):
    return f"<rdf:{kind}>" + "".join(f"<rdf:li>{text}</rdf:li>" for text in texts) + f"</rdf:{kind}>"


def jpeg(xmp_packet=None, iim=None):
    parts = [b"\xff\xd8"]
    if xmp_packet:
        body = b"http://ns.adobe.com/xap/1.0/\0" + xmp_packet
        parts.append(b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body)
    if iim:
        data = b"".join(b"\x1c" + bytes([r, d]) + struct.pack(">H", len(v)) + v for r, d, v in iim)
        block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data + (b"\0" if len(data) % 2 else b"")
        body = b"Photoshop 3.0\0" + block
        parts.append(b"\xff\xed" + struct.pack(">H", len(body) + 2) + body)
    return b"".join(parts) + JPEG


def png(xmp_packet=None):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packet = chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp_packet) if xmp_packet else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + packet
        + chunk(b"IDAT", zlib.compress(b"\0\x80", 9))
        + chunk(b"IEND", b"")
    )


GATE = xmp(
    "<photoshop:Headline>Gate of the old lock</photoshop:Headline>"
    f"<dc:title>{alt('lock-gate')}</dc:title>"
    f"<dc:description>{alt('The lock gate at Sluisdorp before the spring tide.')}</dc:description>"
    f"<dc:creator>{seq('Wim Oever')}</dc:creator><dc:subject>{seq('lock', 'tide', kind='Bag')}</dc:subject>"
    f"<dc:rights>{alt('© 2026 Oever Pictures')}</dc:rights><photoshop:Credit>Oever Pictures</photoshop:Credit>"
    "<photoshop:DateCreated>2026-03-19T07:30:00+01:00</photoshop:DateCreated>"
    "<photoshop:City>Sluisdorp</photoshop:City><photoshop:Source>Oever Archive</photoshop:Source>"
    "<photoshop:Instructions>No archive. Editorial use only.</photoshop:Instructions>"
    f"<xmpRights:UsageTerms>{alt('One use in print and online.')}</xmpRights:UsageTerms>"
    "<xmpRights:WebStatement>https://oever.example/rights</xmpRights:WebStatement>"
    "<plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED</plus:DataMining>"
    '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Oever Licensing</plus:LicensorName>'
    "<plus:LicensorURL>https://oever.example/buy</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>"
    f"<Iptc4xmpCore:AltTextAccessibility>{alt('A wooden gate in high water')}</Iptc4xmpCore:AltTextAccessibility>"
    "<Iptc4xmpExt:DigImageGUID>oever-5512</Iptc4xmpExt:DigImageGUID>"
)


def pictures():
    write("image/gate.jpg", jpeg(GATE))
    write(
        "image/iim-only.jpg",
        jpeg(
            iim=[
                (1, 90, b"\x1b%G"),
                (2, 5, "Mühle".encode()),
                (2, 105, "Die Mühle dreht sich".encode()),
                (2, 120, "Die Mühle bei Ostholm im März.".encode()),
                (2, 80, b"Jette Kramp"),
                (2, 110, b"Kramp/Nordbild"),
                (2, 116, "© 2026 Nordbild".encode()),
                (2, 25, "Mühle".encode()),
                (2, 25, b"Wind"),
                (2, 90, b"Ostholm"),
                (2, 55, b"20260305"),
                (2, 40, b"Embargoed until 12 June 2026 06:00 UTC"),
            ]
        ),
    )
    write("image/harbour_at-night.png", png())
    write(
        "image/open.png",
        png(
            xmp(
                f"<dc:title>{alt('Open gate')}</dc:title><dc:creator>{seq('Ola Ri')}</dc:creator>"
                '<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>'
                "<plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-ALLOWED</plus:DataMining>"
            )
        ),
    )


# Documents

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def p(text, style=None, properties=""):
    inside = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties
    return f"<w:p>{'<w:pPr>' + inside + '</w:pPr>' if inside else ''}{text}</w:p>"


def r(text, marks=""):
    return f'<w:r>{"<w:rPr>" + marks + "</w:rPr>" if marks else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text, number, level):
    return p(r(text), "ListParagraph", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"


def relations(*entries):
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"'
            + (' TargetMode="External"/>' if target.startswith("http") else "/>")
            for key, kind, target in entries
        )
        + "</Relationships>"
    )


def style(key, name, based=None, extra="", kind="paragraph"):
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + extra
        + "</w:style>"
    )


PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="Picture 1" descr="Crates on a quay"/><a:graphic'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="rId5"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)

WORD_BODY = "".join(
    [
        p(r("Crane ") + r("number four") + r(" is back"), "Titel"),
        p(r("Two years of repair end"), "Untertitel"),
        p(r("By Rike Moll")),
        p(r("2026-04-20"), "Date"),
        p(
            r("KRANSTADT (Hafenpost) - The crane lifted ")
            + r("ten ", "<w:b/>")
            + r("tons", "<w:b/><w:i/>")
            + r(" on Monday")
            + '<w:r><w:footnoteReference w:id="2"/></w:r>'
            + r(", says ")
            + f'<w:hyperlink r:id="rId9">{r("the port")}</w:hyperlink>'
            + r(" and ")
            + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://crane.example/four" </w:instrText></w:r>'
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + r("its maker")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            + f"<w:del>{r('gone')}</w:del><w:ins>{r('.')}</w:ins>"
            + r("secret", "<w:vanish/>")
        ),
        p(r("What it lifts"), "berschrift2"),
        item("stone", 3, 0),
        item("slate", 3, 1),
        item("chalk", 3, 1),
        item("timber", 3, 0),
        item("first weigh", 4, 0),
        item("then lift", 4, 0),
        p(r("It sang when it moved."), "Zitat"),
        p(PICTURE),
        p(r("Crates at pier one. Photo: Ebba Lind"), "Beschriftung"),
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>" + cell("Day") + cell("Tons") + "</w:tr><w:tr>"
        + cell("Both", '<w:vMerge w:val="restart"/>') + cell("ten") + "</w:tr><w:tr>"
        + cell("", "<w:vMerge/>") + cell("nine") + "</w:tr><w:tr>" + cell("none", '<w:gridSpan w:val="2"/>') + "</w:tr></w:tbl>",
        p(r("H") + r("2", '<w:vertAlign w:val="subscript"/>') + r("O") + '<w:r><w:br/></w:r>' + r("and ") + r("salt", "<w:strike/>")),
        p(r("© 2026 Hafenpost. All rights reserved.")),
    ]
)

WORD_STYLES = "".join(
    [
        '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-IE"/></w:rPr></w:rPrDefault></w:docDefaults>',
        style("Standard", "Normal"),
        style("Titel", "Title", "Standard"),
        style("Untertitel", "Subtitle", "Standard"),
        style("Date", "Date", "Standard"),
        style("berschrift2", "heading 2", "Standard"),
        style("Zitat", "Quote", "Standard"),
        style("Beschriftung", "caption", "Standard"),
        style("ListParagraph", "List Paragraph", "Standard"),
    ]
)


def levels(*formats):
    return "".join(f'<w:lvl w:ilvl="{i}"><w:numFmt w:val="{f}"/></w:lvl>' for i, f in enumerate(formats))


def docx(body, core, extra=()):
    return archive(
        [
            ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
            ("_rels/.rels", relations(("rId1", "officeDocument", "word/document.xml"))),
            ("word/document.xml", f"<w:document {W} {R}><w:body>{body}<w:sectPr/></w:body></w:document>"),
            (
                "docProps/core.xml",
                '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
                ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
                f"{core}</cp:coreProperties>",
            ),
            *extra,
        ]
    )


def word():
    write(
        "docx/crane.docx",
        docx(
            WORD_BODY,
            "<dc:title>Document1</dc:title><dc:creator>Microsoft Office User</dc:creator>"
            "<dc:description>The crane is old.</dc:description><cp:keywords>crane; port</cp:keywords>"
            "<cp:category>Trade</cp:category><cp:version>7</cp:version>"
            "<dcterms:created>2026-04-21T09:00:00Z</dcterms:created>",
            [
                (
                    "word/_rels/document.xml.rels",
                    relations(
                        ("rId5", "image", "media/image1.png"),
                        ("rId9", "hyperlink", "https://port.example/"),
                    ),
                ),
                ("word/styles.xml", f"<w:styles {W}>{WORD_STYLES}</w:styles>"),
                (
                    "word/numbering.xml",
                    f'<w:numbering {W}><w:abstractNum w:abstractNumId="1">{levels("bullet", "bullet")}</w:abstractNum>'
                    f'<w:abstractNum w:abstractNumId="2">{levels("decimal")}</w:abstractNum>'
                    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
                    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num></w:numbering>',
                ),
                (
                    "word/footnotes.xml",
                    f'<w:footnotes {W} {R}><w:footnote w:id="0" w:type="separator">{p(r("-"))}</w:footnote>'
                    f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + r("Weighed by the port."))}</w:footnote></w:footnotes>',
                ),
                ("word/header1.xml", f"<w:hdr {W}>{p(r('EMBARGOED until 06:00 UTC 22 April 2026'))}</w:hdr>"),
                ("word/media/image1.png", png(xmp(f"<dc:rights>{alt('© 2026 Ebba Lind')}</dc:rights>"))),
                (
                    "docProps/app.xml",
                    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
                    "<Company>Hafenpost GmbH</Company></Properties>",
                ),
                (
                    "docProps/custom.xml",
                    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
                    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
                    '<property pid="2" name="Licence"><vt:lpwstr>https://hafenpost.example/terms</vt:lpwstr></property></Properties>',
                ),
            ],
        ),
    )
    write(
        "docx/bare.docx",
        docx(
            p(r("Ferry bell found in a garden"))
            + p(r("The bell of the old ferry lay under a pear tree for sixty years, its finder said on Friday."))
            + p(r("It still rings.")),
            "<dc:creator>Alva Brandt; Nils Overgaard</dc:creator><dcterms:created>2026-02-02T10:00:00Z</dcterms:created>",
        ),
    )


OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODT_NS = (
    f'xmlns:office="{OASIS}:office:1.0" xmlns:style="{OASIS}:style:1.0" xmlns:text="{OASIS}:text:1.0"'
    f' xmlns:table="{OASIS}:table:1.0" xmlns:draw="{OASIS}:drawing:1.0" xmlns:fo="{OASIS}:xsl-fo-compatible:1.0"'
    f' xmlns:svg="{OASIS}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    f' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="{OASIS}:meta:1.0"'
)

ODT_CONTENT = f"""<office:document-content {ODT_NS}><office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/><text:list-level-style-number text:level="2" style:num-format="1"/></text:list-style>
</office:automatic-styles><office:body><office:text>
<text:sequence-decls/><text:tracked-changes><text:changed-region><text:deletion><text:p>never seen</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p text:style-name="Title">Weir keeps its eels</text:p><text:p text:style-name="Subtitle">A ladder for fish</text:p>
<text:p text:style-name="Text_20_body">The weir at <text:span text:style-name="T1">Alder</text:span> has an eel<text:s text:c="2"/>ladder<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p text:style-name="Footnote">Built of <text:span text:style-name="Emphasis">brush</text:span>.</text:p></text:note-body></text:note>,<text:line-break/>see <text:a xlink:href="https://weir.example/eels">the plan</text:a><text:span text:style-name="T3">hidden</text:span>.<office:annotation><text:p>check this</text:p></office:annotation></text:p>
<text:h text:style-name="Heading_20_2" text:outline-level="2">Steps</text:h>
<text:list text:style-name="L1"><text:list-item><text:p>brush</text:p><text:list><text:list-item><text:p>cut it</text:p></text:list-item><text:list-item><text:p>lay it</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>water</text:p><text:p>and time</text:p></text:list-item></text:list>
<text:p text:style-name="P1">They know the way.</text:p>
<text:p><draw:frame><draw:text-box><text:p text:style-name="Illustration"><draw:frame><draw:image xlink:href="Pictures/eel.png"/><svg:desc>An eel</svg:desc></draw:frame>The first eel of May</text:p></draw:text-box></draw:frame></text:p>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>Eels</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>m<text:span text:style-name="T2">3</text:span></text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>
<text:p>Published under a Creative Commons Attribution 4.0 licence.</text:p>
</office:text></office:body></office:document-content>"""

ODT_META = f"""<office:document-meta {ODT_NS}><office:meta><dc:title>Weir keeps its eels</dc:title><dc:description>Eels climb.</dc:description>
<dc:subject>Rivers</dc:subject><meta:keyword>eel</meta:keyword><meta:keyword>weir</meta:keyword><meta:initial-creator>Signe Holt</meta:initial-creator>
<dc:creator>LibreOffice</dc:creator><meta:creation-date>2026-05-06T07:08:09</meta:creation-date>
<meta:user-defined meta:name="rights">© 2026 The Alder Leaf</meta:user-defined><meta:user-defined meta:name="publisher">The Alder Leaf</meta:user-defined></office:meta></office:document-meta>"""

ODT_STYLES = f"""<office:document-styles {ODT_NS}><office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="en" fo:country="NZ"/></style:default-style>
<style:style style:name="Emphasis" style:family="text"><style:text-properties fo:font-style="italic"/></style:style></office:styles>
<office:master-styles><style:master-page><style:footer><text:p>Embargoed until 7 May 2026, 05:00 UTC</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>"""


def odt(content=ODT_CONTENT, extra=()):
    return archive(
        [
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", content),
            ("meta.xml", ODT_META),
            ("styles.xml", ODT_STYLES),
            ("Pictures/eel.png", png()),
            *extra,
        ],
        first="mimetype",
    )


def zips():
    page = '<html><head><title>Mill opens</title></head><body><article><h1>Mill opens</h1><p>{}</p><p><img src="{}" alt="The mill"></p></article></body></html>'
    text = "The mill on the Lodd opened on Sunday after nine years of repairs, and the wheel turned at once, the miller said."
    inner = archive([("notes/bell.docx", (HERE / "docx/bare.docx").read_bytes())])
    write(
        "zip/bundle.zip",
        archive(
            [
                ("mill/page.html", page.format(text, "img/the%20mill.png")),
                ("mill/img/the mill.png", png(xmp(f"<dc:rights>{alt('© 2026 Miller')}</dc:rights>"))),
                ("mill/style.css", "p { color: red }"),
                ("post.md", "---\ntitle: Wheel turns\nimage: img/wheel.jpg\n---\nIt **turns**.\n"),
                ("img/wheel.jpg", jpeg()),
                ("loose.jpg", jpeg(GATE)),
                ("inner.zip", inner),
                ("__MACOSX/._post.md", "junk"),
                (".DS_Store", "junk"),
                ("tool.exe", b"MZ\0\0\0\0\0\0"),
            ]
        ),
    )
    write("zip/one.zip", archive([("story.txt", "One story only\n\nBy Ada Rill\n\n" + text + "\n"), ("a/wheel.png", png())]))


def main():
    pictures()
    word()
    write("odt/weir.odt", odt())
    zips()


if __name__ == "__main__":
    main()
