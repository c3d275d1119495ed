#!/usr/bin/env python3
"""Writes merkle.txt and ed25519.txt beside itself: small fixed sets of right and wrong proofs and
signatures, computed from the definitions of RFC 6962 and RFC 8032 in plain integers, without any
code of sillok. The output does not change from run to run; it is committed, so that the tests need
neither Python nor anything from outside the repository.

merkle.txt    inclusion   <ok|bad> <index> <size> <leaf hash> <root> <proof,proof|-> <what>
              consistency <ok|bad> <old size> <size> <old root> <root> <proof,proof|-> <what>
ed25519.txt   <key ok|bad> <signature ok|bad> <public key> <signature> <message|-> <what>
              all in hex. "signature" is the verdict without asking whether the key is admissible.
"""
import hashlib
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def sha256(b):
    return hashlib.sha256(b).digest()


# ---- RFC 6962, section 2.1, as written there ----

def leaf_hash(d):
    return sha256(b"\x00" + d)


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d):
    if not d:
        return sha256(b"")
    if len(d) == 1:
        return leaf_hash(d[0])
    k = split(len(d))
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:]))


def path(m, d):
    if len(d) == 1:
        return []
    k = split(len(d))
    if m < k:
        return path(m, d[:k]) + [mth(d[k:])]
    return path(m - k, d[k:]) + [mth(d[:k])]


def subproof(m, d, whole):
    if m == len(d):
        return [] if whole else [mth(d)]
    k = split(len(d))
    if m <= k:
        return subproof(m, d[:k], whole) + [mth(d[k:])]
    return subproof(m - k, d[k:], False) + [mth(d[:k])]


def flip(b, bit):
    b = bytearray(b)
    b[bit // 8] ^= 1 << (bit % 8)
    return bytes(b)


def spoil(proof, extra):
    """Wrong versions of a proof, each with a name."""
    for i in range(len(proof)):
        yield "bit flipped in hash %d" % i, proof[:i] + [flip(proof[i], 37 * i % 256)] + proof[i + 1:]
        yield "hash %d left out" % i, proof[:i] + proof[i + 1:]
    for i in range(len(proof) - 1):
        if proof[i] != proof[i + 1]:
            yield "hashes %d and %d swapped" % (i, i + 1), \
                proof[:i] + [proof[i + 1], proof[i]] + proof[i + 2:]
    yield "a hash too many", proof + [extra]
    yield "a hash too many in front", [extra] + proof


def text(proof):
    return ",".join(p.hex() for p in proof) or "-"


def merkle(out):
    leaves = [sha256(b"entry %d" % i) for i in range(33)]
    for n in (1, 2, 3, 5, 8, 13, 33):
        d, root = leaves[:n], mth(leaves[:n])
        for i in sorted({0, n // 2, n - 1}):
            def line(v, index, size, leaf, r, p, what):
                out.write("inclusion %s %d %d %s %s %s %s\n" % (v, index, size, leaf.hex(), r.hex(),
                                                                 text(p), what))
            lh, p = leaf_hash(d[i]), path(i, d)
            line("ok", i, n, lh, root, p, "leaf %d of %d" % (i, n))
            line("bad", n, n, lh, root, p, "index is the size")
            line("bad", i + 2 ** 40, n, lh, root, p, "index far beyond the size")
            line("bad", i, 0, lh, root, p, "empty tree")
            line("bad", i, n, flip(lh, 3), root, p, "another leaf")
            line("bad", i, n, lh, flip(root, 255), p, "another root")
            line("bad", i, n, d[i], root, p, "leaf data in place of its hash")
            if n > 1:
                line("bad", (i + 1) % n, n, lh, root, p, "another index")
            for what, q in spoil(p, root):
                line("bad", i, n, lh, root, q, what)
    for m, n in ((1, 1), (1, 2), (1, 8), (2, 3), (3, 7), (4, 7), (4, 8), (6, 8), (5, 13),
                 (8, 33), (13, 33), (32, 33)):
        def line(v, a, b, r1, r2, p, what):
            out.write("consistency %s %d %d %s %s %s %s\n" % (v, a, b, r1.hex(), r2.hex(), text(p),
                                                              what))
        r1, r2, p = mth(leaves[:m]), mth(leaves[:n]), subproof(m, leaves[:n], True)
        line("ok", m, n, r1, r2, p, "%d to %d" % (m, n))
        line("bad", 0, n, r1, r2, p, "old tree empty")
        line("bad", n + 1, n, r1, r2, p, "old tree larger")
        line("bad", m, n, flip(r1, 9), r2, p, "another old root")
        line("bad", m, n, r1, flip(r2, 9), p, "another root")
        if m != n:
            line("bad", m, n, r2, r1, p, "roots swapped")
            line("bad", m, n, r1, r2, [], "no proof")
        for what, q in spoil(p, r2):
            line("bad", m, n, r1, r2, q, what)


# ---- RFC 8032, section 5.1, in affine coordinates ----

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    k = D * x1 * x2 * y1 * y2 % P
    return ((x1 * y2 + x2 * y1) * pow(1 + k, P - 2, P) % P,
            (y1 * y2 + x1 * x2) * pow(1 - k, P - 2, P) % P)


def mul(s, a):
    r = (0, 1)
    while s:
        if s & 1:
            r = add(r, a)
        a = add(a, a)
        s >>= 1
    return r


def x_of(y, sign):
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if x * x % P != xx:
        x = x * ROOT % P
    if x * x % P != xx:
        return None
    return P - x if x % 2 != sign else x


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y)


def enc(a, more=0):
    return (a[1] + more | (a[0] & 1) << 255).to_bytes(32, "little")


def dec(b):
    """The point, whether or not its encoding is canonical; None off the curve."""
    v = int.from_bytes(b, "little")
    y, sign = v & (2 ** 255 - 1), v >> 255
    x = x_of(y % P, sign)
    return None if x is None else (x % P, y % P)


def canonical(b):
    v = int.from_bytes(b, "little")
    a = dec(b)
    return (v & (2 ** 255 - 1)) < P and a is not None and not (a[0] == 0 and v >> 255)


def small(b):
    a = dec(b)
    return a is not None and mul(8, a) == (0, 1)


def h(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


def key_ok(pk):
    a = dec(pk)
    return a is not None and canonical(pk) and not small(pk) and mul(L, a) == (0, 1)


def sig_ok(pk, sig, msg):
    """RFC 8032 without cofactor, R compared as bytes, S reduced; A and R not of small order."""
    r, s, a = sig[:32], int.from_bytes(sig[32:], "little"), dec(pk)
    if s >= L or a is None or not canonical(pk) or small(pk) or small(r):
        return False
    k = h(r, pk, msg)
    minus_a = (-a[0] % P, a[1])
    return enc(add(mul(s, BASE), mul(k, minus_a))) == r


def torsion():
    """A point of order 8, from the first y that gives one."""
    y = 2
    while True:
        x = x_of(y, 0)
        if x is not None:
            t = mul(L, (x, y))
            if mul(4, t) != (0, 1):
                return t
        y += 1


def secret(name):
    b = bytearray(hashlib.sha512(name).digest())
    b[0] &= 248
    b[31] = b[31] & 63 | 64
    return int.from_bytes(b[:32], "little"), bytes(b[32:])


def sign(a, prefix, pk, msg, shift=None):
    r = h(prefix, msg)
    point = mul(r, BASE)
    if shift:
        point = add(point, shift)
    rb = enc(point)
    return rb + ((r + h(rb, pk, msg) * a) % L).to_bytes(32, "little")


def ed25519(out):
    def line(pk, sig, msg, what):
        out.write("%s %s %s %s %s %s\n" % ("ok" if key_ok(pk) else "bad",
                                           "ok" if sig_ok(pk, sig, msg) else "bad", pk.hex(),
                                           sig.hex(), msg.hex() or "-", what))
    t = torsion()
    for n in range(4):
        a, prefix = secret(b"key %d" % n)
        pk = enc(mul(a, BASE))
        msg = b"said by witness %d" % n * n
        sig = sign(a, prefix, pk, msg)
        s = int.from_bytes(sig[32:], "little")
        line(pk, sig, msg, "good")
        line(pk, sig, msg + b".", "another message")
        line(pk, sig[:32] + (s + L).to_bytes(32, "little"), msg, "S + L")
        if s + 8 * L < 2 ** 256:
            line(pk, sig[:32] + (s + 8 * L).to_bytes(32, "little"), msg, "S + 8 L")
        for bit in (0, 100, 255, 256, 400, 500, 511):
            line(pk, flip(sig, bit), msg, "signature bit %d flipped" % bit)
        for bit in (0, 77, 255):
            line(flip(pk, bit), sig, msg, "key bit %d flipped" % bit)
        for order in range(1, 8):
            mixed = enc(add(mul(a, BASE), mul(order, t)))
            line(mixed, sign(a, prefix, mixed, msg), msg, "key with a part of small order, %d" % order)
            line(pk, sign(a, prefix, pk, msg, mul(order, t)), msg, "R with a part of small order, %d"
                 % order)
    one = b"\x01" + bytes(31)
    for order in range(8):
        pk = enc(mul(order, t))
        line(pk, one + bytes(32), b"anything", "key of small order, %d" % order)
        line(pk, pk + bytes(32), b"anything", "key and R of small order, %d" % order)
    for y in range(19):  # encodings of y + p
        for sign_bit in (0, 1):
            pk = (y + P | sign_bit << 255).to_bytes(32, "little")
            if dec(pk) is not None:
                line(pk, one + bytes(32), b"anything", "key not canonical, y = %d + p" % y)
    a, prefix = secret(b"key 0")
    pk = enc(mul(a, BASE))
    for r in (bytes(32), one, one[:31] + b"\x80", (P + 1).to_bytes(32, "little"), b"\xff" * 32):
        k = h(r, pk, b"x")
        line(pk, r + (k * a % L).to_bytes(32, "little"), b"x", "R special")


with open(os.path.join(HERE, "merkle.txt"), "w") as f:
    merkle(f)
with open(os.path.join(HERE, "ed25519.txt"), "w") as f:
    ed25519(f)
