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


def main():
    pictures()


if __name__ == "__main__":
    main()
