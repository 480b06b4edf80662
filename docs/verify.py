#!/usr/bin/env python3
"""Checks a Pawl ledger, or one entry of it, with nothing of Pawl: Python's standard library and openssl.

    verify.py log DIRECTORY KEY [OLDER-CHECKPOINT ...]        verify.py proof FILE KEY

KEY is the verifier key (name+id+key) and comes from somebody you trust, never from beside the ledger.
Exit code 0: sound. 1: not, and the first wrong place is named. docs/verify.md says what each step is for.
"""
import base64, gzip, hashlib, os, pathlib, re, struct, subprocess, sys, tempfile, zlib
PACKED = bytes.fromhex("1f8b08040000000000ff2400504c2000")
class Broken(Exception): pass

def need(holds, place, why):
    if not holds:
        raise Broken(f"{place}: {why}")

def sha(data): return hashlib.sha256(data).digest()

def root(hashes):
    while len(hashes) > 1:
        odd = hashes[len(hashes) & ~1:]
        hashes = [sha(b"\x01" + hashes[i] + hashes[i + 1]) for i in range(0, len(hashes) - 1, 2)] + odd
    return hashes[0] if hashes else sha(b"")

def b64(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "base 64", "another spelling than the one allowed")
    return data

def holds(key, message, signature):
    with tempfile.TemporaryDirectory() as d:
        files = {"k": bytes.fromhex("302a300506032b6570032100") + key, "m": message, "s": signature}
        for name, data in files.items():
            pathlib.Path(d, name).write_bytes(data)
        return subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "k", "-rawin",
                               "-in", "m", "-sigfile", "s"], cwd=d, capture_output=True).returncode == 0

def checkpoint(note, vkey, place):
    """The size and the root of a checkpoint that vkey signed."""
    name, keyid, key = vkey.split("+", 2)
    key, text, signed = b64(key), note.decode("utf-8"), False
    need(key[0] == 1 and len(key) == 33 and sha(name.encode() + b"\n" + key)[:4].hex() == keyid, "key", "not a key")
    need(not any(ord(c) < 32 and c != "\n" for c in text), place, "control characters")
    body, blank, lines = text.rpartition("\n\n")
    need(blank and lines.endswith("\n"), place, "not a signed note")
    for line in lines[:-1].split("\n"):
        mark, who, signature = line.split(" ")
        need(mark == "\u2014" and who, place, "not a signature line")
        signature = b64(signature)
        if who == name and signature[:4].hex() == keyid:
            need(holds(key[1:], (body + "\n").encode(), signature[4:]), place, "the signature does not hold")
            signed = True
    need(signed, place, "not signed by this key")
    origin, size, top = body.split("\n")[:3]
    need(origin == name and str(int(size)) == size and len(b64(top)) == 32, place, "not a checkpoint of this log")
    return int(size), b64(top)

def path(level, index, width):
    parts = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        parts.insert(0, f"x{index % 1000:03d}")
    return f"tile/{level}/" + "/".join(parts) + ("" if width == 256 else f".p/{width}")

def entries(data, most):
    """At most so many entries, and the bytes they take."""
    found, at = [], 0
    while len(found) < most and (end := at + 2 + int.from_bytes(data[at:at + 2], "big")) <= len(data):
        found, at = found + [data[at + 2:end]], end
    return found, at

def log(directory, vkey, older):
    def read(name):
        file, packed = pathlib.Path(directory, name), pathlib.Path(directory, name + ".gz")
        plain = file.read_bytes() if file.exists() else b""
        if not packed.exists():
            return plain
        data = packed.read_bytes()
        whole = data[:16] == PACKED and data[16:48] == sha(data[48:]) and re.fullmatch(r"tile/entries/[x0-9/]+", name)
        need(whole and plain in (b"", gzip.decompress(data)), name, "packed, and damaged")
        return gzip.decompress(data)

    size, top = checkpoint(read("checkpoint"), vkey, "checkpoint")
    old = dict(checkpoint(open(o, "rb").read(), vkey, o) for o in older)
    need(max(old, default=0) <= size, f"entry {size}", "removed with all that followed: an older checkpoint has more")
    leaves, suspect, known = [], None, {}
    for n in range((size + 255) // 256):
        width = min(256, size - 256 * n)
        name, tile = path("entries", n, width), read(path(0, n, width))
        found, end = entries(read(name), width)
        for i, entry in enumerate(found):
            leaves.append(sha(b"\x00" + entry))
            if leaves[-1] != tile[32 * i:32 * i + 32]:
                suspect = suspect or f"{name}, entry {256 * n + i}: not the one its hash was made of"
        need(len(found) == width, name, suspect or f"entry {256 * n + len(found)} is missing or cut short")
        need(end == len(read(name)), name, suspect or "bytes follow the last entry")
        known[name.split(".p/")[0]] = name
    need(root(leaves) == top, "log", suspect or "entries and tiles agree, but not with the signed root")
    for s, r in sorted(old.items()):
        need(root(leaves[:s]) == r, f"before entry {s}", "forked: it was signed with another root")
    level, hashes = 0, leaves
    while hashes:
        for n in range((len(hashes) + 255) // 256):
            part = hashes[256 * n:256 * n + 256]
            name = path(level, n, len(part))
            need(read(name) == b"".join(part), name, "not the hashes below it")
            known[name.split(".p/")[0]] = name
        level, hashes = level + 1, [root(hashes[i:i + 256]) for i in range(0, len(hashes) - 255, 256)]
    for folder, _, names in os.walk(os.path.join(directory, "tile")):
        for name in (os.path.relpath(os.path.join(folder, n), directory).removesuffix(".gz") for n in names):
            whole = known.get(name.split(".p/")[0])
            need(whole and (name == whole or ".p/" in name), name, "no part of this log")
            width, data = int(name.partition(".p/")[2] or 256), read(whole)
            end = entries(data, width)[1] if "entries" in name else 32 * width
            need(read(name) == data[:end] and end <= len(data), name, "not the beginning of the wider tile")
    journal, at = read("journal"), 0
    while at < len(journal):
        head = journal[at:at + 24].ljust(24, b"\0")
        magic, length, first, count, crc = struct.unpack(">IIQII", head)
        body = journal[at + 24:at + 24 + length]
        need(magic == 0x504A4C31 and len(body) == length and zlib.crc32(head[:20] + body) == crc, "journal", f"byte {at}")
        need([sha(b"\x00" + e) for e in entries(body, count)[0]] == leaves[first:first + count],
             "journal", f"from entry {first} on not signed, or not what the tiles hold")
        at += 24 + length
    return f"sound: {size} entries, root {base64.b64encode(top).decode()}"

def proof(file, vkey):
    head, _, note = open(file, "rb").read().partition(b"\n\n")
    lines = head.decode().split("\n")
    need(lines[0] == "c2sp.org/tlog-proof@v1" and lines[1][:6] == "extra " and lines[2][:6] == "index ", file, "no proof")
    size, top = checkpoint(note, vkey, file)
    entry, index = b64(lines[1][6:]), int(lines[2][6:])
    at, last, top_of_path = index, size - 1, sha(b"\x00" + entry)
    need(0 <= index < size, file, "the log is shorter")
    for sibling in map(b64, lines[3:]):
        need(last > 0, file, "the proof is too long")
        right = at % 2 or at == last
        while right and at % 2 == 0:
            at, last = at // 2, last // 2
        top_of_path = sha(b"\x01" + (sibling + top_of_path if right else top_of_path + sibling))
        at, last = at // 2, last // 2
    need(last == 0 and top_of_path == top, file, f"the signed log does not hold this entry at {index}")
    return f"{entry.decode()}\nsound: entry {index} of {size}"

if __name__ == "__main__":
    try:
        words = sys.argv[1:]
        print(log(words[1], words[2], words[3:]) if words[0] == "log" else proof(words[1], words[2]))
    except (Broken, ValueError, OSError) as e:
        sys.exit(f"broken: {e}")
