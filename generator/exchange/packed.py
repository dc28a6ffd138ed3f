"""The export as a site gives it away: packed, because it says much and most of it again and again.

A handbook of 300 indicators and three years has 130 MB of it, and 9 MB packed. It is packed part by part, so
that parts which are the same as in a build before need not be made again.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from generator.model.exact import counted

INSIDE = "handbook.json"
"""What the export is called in the zip."""
NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can name: the same export is the same bytes on every day."""
_HEAD = struct.Struct("<IQ")
"""Before a packed part: the checksum and the length of what is packed."""
_END = b"\x03\x00"
"""The last block of packed data, with nothing in it."""
_POLYNOMIAL = 0xEDB88320
"""Of CRC-32 (ISO 3309), its bits from the lowest power on."""


def part(text: str) -> bytes:
    """A part of the export packed by itself; parts one after the other are packed data too."""
    content = text.encode()
    deflate = zlib.compressobj(wbits=-15)
    data = deflate.compress(content) + deflate.flush(zlib.Z_FULL_FLUSH)
    return _HEAD.pack(zlib.crc32(content), len(content)) + data


def packed(parts: Iterable[bytes]) -> bytes:
    """A zip that holds one file, INSIDE, of the parts one after the other."""
    data, checksum, length = [], 0, 0
    for one in parts:
        own, size = _HEAD.unpack_from(one)
        checksum, length = joined(checksum, own, size), length + size
        data.append(memoryview(one)[_HEAD.size :])
    data.append(memoryview(_END))
    entry = zipfile.ZipInfo(INSIDE, NO_TIME)
    entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
    entry.external_attr = 0o100644 << 16
    entry.CRC, entry.file_size, entry.compress_size = checksum, length, counted(map(len, data))
    entry.header_offset = 0
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        # What is packed already is written as `ZipFile` writes what it has packed itself.
        target.write(entry.FileHeader())
        target.writelines(data)
        archive.filelist.append(entry)
        archive.NameToInfo[INSIDE] = entry
        archive.start_dir = target.tell()
        archive._didModify = True  # type: ignore[attr-defined]
    return target.getvalue()


def joined(first: int, second: int, length: int) -> int:
    """The CRC-32 of two contents one after the other, by theirs and the length of the second.

    That of the first is carried over as many zero bits: multiplied by that power of x.
    Source: zlib, crc32_combine (M. Adler).
    """
    power, left, square = 1 << 31, length * 8, 1 << 30
    while left:
        if left & 1:
            power = _times(square, power)
        square, left = _times(square, square), left >> 1
    return _times(power, first) ^ second


def _times(one: int, other: int) -> int:
    """The product of two polynomials over the field of two elements, modulo that of CRC-32."""
    made, bit = 0, 1 << 31
    while bit:
        if one & bit:
            made ^= other
        other = other >> 1 ^ _POLYNOMIAL if other & 1 else other >> 1
        bit >>= 1
    return made
