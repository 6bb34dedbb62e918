"""Blanks the machine code of a CUDA library for every GPU architecture but one, so that it packs small.

Usage: keep_architecture.py LIBRARY OUT ARCHITECTURE, for example 90 for compute capability 9.0. The library keeps its size and layout: code
for the other architectures becomes zeros, which the driver does not read on a card of the one that stays.
"""
import struct
import sys

MAGIC = struct.pack("<I", 0xBA55ED50)


def main(library, out, keep):
    with open(library, "rb") as file:
        data = bytearray(file.read())
    at, kept = data.find(MAGIC), 0
    while at >= 0:
        version, header, size = struct.unpack_from("<HHQ", data, at + 4)
        if version != 1 or header != 16:
            at = data.find(MAGIC, at + 4)
            continue
        entry, end = at + header, at + header + size
        while entry < end:
            entry_header, entry_size = struct.unpack_from("<IQ", data, entry + 4)
            architecture = struct.unpack_from("<I", data, entry + 28)[0]
            if architecture == keep:
                kept += 1
            else:
                data[entry + entry_header:entry + entry_header + entry_size] = bytes(entry_size)
            entry += entry_header + entry_size
        at = data.find(MAGIC, end)
    if kept == 0:
        sys.exit(f"{library} has no code for architecture {keep}.")
    with open(out, "wb") as file:
        file.write(data)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
