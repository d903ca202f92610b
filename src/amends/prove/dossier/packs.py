"""What is handed to a forum: pictures within its limits in batches, a text cut to its length, sets of originals with their hashes.

Everything comes out the same from the same: ZIPs have no times of their own, their members stand in order and are not compressed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import pypdfium2

from amends.facts.dossier import PDF, Limits
from amends.facts.evidence import PICTURES
from amends.facts.rulebook import Says
from amends.prove.dossier.pictures import opened, page_picture, squeezed

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_READABLE: Final = 0o644 << 16
_MB: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it may be handed out. `open`: gives its bytes, once. `pages`: where the dossier shows it, for what is no picture."""

    n: int
    name: str
    mime: str
    size: int
    sha256: str
    label: Says
    open: Callable[[], BinaryIO]
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fitted:
    """Files within a forum's limits, and what could not be brought under them."""

    files: tuple[tuple[str, bytes], ...]
    warnings: tuple[Says, ...]


def cut(text: str, most: int | None) -> tuple[str, Says | None]:
    """Will cut a text to a forum's length, at the end of a sentence or line where one is near; says so where it did."""
    if most is None or len(text) <= most:
        return text, None
    kept = text[: most - 1]
    ends = [kept.rfind(mark) for mark in ("\n", "。", "！", "？", ". ")]
    if max(ends) > most * 2 // 3:
        kept = kept[: max(ends) + 1].rstrip()
    else:
        kept += "…"
    return kept, Says(
        f"the text has {len(text)} characters and was cut to {len(kept)}; the forum takes {most}",
        f"文字共 {len(text)} 字，已按平台上限 {most} 字截取为 {len(kept)} 字",
    )


def fit(sources: Sequence[Source], limits: Limits, document: bytes) -> Fitted:
    """Will bring files under a forum's limits. `document`: the dossier, whose pages stand for what the forum does not take as it is.

    Pictures are made smaller, PDFs and texts become pictures where only those are taken, the rest is left out and named.
    """
    files: list[tuple[str, bytes]] = []
    warnings: list[Says] = []
    for one in sources:
        made = _fitted(one, limits, document)
        if not made:
            warnings.append(
                Says(
                    f"exhibit {one.n} ({one.name}) is left out: the forum takes {_taken(limits)}",
                    f"证据{one.n}（{one.name}）未放入：平台仅接受 {_taken(limits)}",
                )
            )
        files += made
    if limits.total_bytes and sum(len(data) for _, data in files) > limits.total_bytes:
        most = limits.total_bytes / _MB
        warnings.append(Says(f"the files are above {most:g} MB together", f"文件合计超过 {most:g} MB"))
    if limits.files and len(files) > limits.files:
        warnings.append(
            Says(
                f"the forum takes {limits.files} files at a time; there are {len(files)}, in folders of {limits.files}",
                f"平台一次最多 {limits.files} 个文件；共 {len(files)} 个，已按 {limits.files} 个一组分文件夹",
            )
        )
    return Fitted(tuple(files), tuple(warnings))


def _taken(limits: Limits) -> str:
    size = f", {limits.file_bytes / _MB:g} MB" if limits.file_bytes else ""
    return f"{' / '.join(limits.formats) or 'any file'}{size}"


def _fitted(one: Source, limits: Limits, document: bytes) -> list[tuple[str, bytes]]:
    ending, stem = one.name.rpartition(".")[2].lower(), f"{one.n:03}"
    small = limits.file_bytes is None or one.size <= limits.file_bytes
    if one.mime in PICTURES:
        with one.open() as file:
            picture = opened(file.read(), 2400)
        return [] if picture is None else [(f"{stem}.jpg", squeezed(picture, limits.file_bytes))]
    if small and (not limits.formats or ending in limits.formats):
        with one.open() as file:
            return [(f"{stem}.{ending}", file.read())]
    if one.mime != PDF and not one.mime.startswith("text/"):
        return []
    found = [(page, page_picture(document, page)) for page in one.pages]
    many = len(found) > 1
    return [
        (f"{stem}{f'-{at}' if many else ''}.jpg", data) for at, (_, data) in enumerate(found, 1) if data is not None
    ]


def batches(files: Sequence[tuple[str, bytes]], most: int | None) -> list[tuple[str, bytes]]:
    """Will put files into folders of as many as a forum takes at a time; one folder needs none."""
    if not most or len(files) <= most:
        return list(files)
    return [(f"batch-{at // most + 1:02}/{name}", data) for at, (name, data) in enumerate(files)]


def write_zip(into: BinaryIO, members: Iterable[tuple[str, Callable[[], BinaryIO] | bytes]]) -> None:
    """Will write a ZIP whose bytes depend on its members alone. Members are streamed, so that films may be large."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED, allowZip64=True) as pack:
        for name, content in members:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr, info.create_system = _READABLE, 3
            with pack.open(info, "w", force_zip64=True) as out:
                if isinstance(content, bytes):
                    out.write(content)
                    continue
                with content() as file:
                    shutil.copyfileobj(file, out, 1 << 20)


def manifest(case: str, forum: str, dossier: tuple[str, bytes], sources: Sequence[tuple[str, Source]]) -> bytes:
    """Will write what is in a set, with the hash of each file."""
    entries: list[Mapping[str, Any]] = [
        {"file": dossier[0], "sha256": hashlib.sha256(dossier[1]).hexdigest(), "bytes": len(dossier[1])}
    ]
    entries += [
        {
            "file": name,
            "exhibit": one.n,
            "sha256": one.sha256,
            "bytes": one.size,
            "type": one.mime,
            "is": {"zh": one.label.zh, "en": one.label.en},
        }
        for name, one in sources
    ]
    told = {"schema": "amends.evidence-set/1", "case": case, "forum": forum, "files": entries}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def sums(dossier: tuple[str, bytes], sources: Sequence[tuple[str, Source]]) -> bytes:
    """Will write the hashes as `sha256sum -c` reads them."""
    lines = [f"{hashlib.sha256(dossier[1]).hexdigest()}  {dossier[0]}"]
    return ("\n".join([*lines, *[f"{one.sha256}  {name}" for name, one in sources]]) + "\n").encode()


HOW_TO_VERIFY: Final = """核验方法

1. manifest.json 与 SHA256SUMS 列出每个文件的 SHA-256。
2. Linux：在解压后的文件夹中运行  sha256sum -c SHA256SUMS
   macOS：shasum -a 256 -c SHA256SUMS
   Windows（PowerShell）：Get-FileHash 文件名 -Algorithm SHA256，与 manifest.json 比对
3. originals 文件夹内均为原件，内容未作任何改动；PDF 内所示图片为缩小后的副本，部分可能遮盖了个人信息。
4. PDF 末页载有售后单日志的封印；在系统中运行 amends audit verify --expect 摘要封印，可核验日志自该日起未被改动。

How to verify

1. manifest.json and SHA256SUMS list the SHA-256 of every file.
2. Linux: in the unpacked folder, run  sha256sum -c SHA256SUMS
   macOS: shasum -a 256 -c SHA256SUMS
   Windows (PowerShell): Get-FileHash NAME -Algorithm SHA256, and compare with manifest.json
3. Everything in the folder originals is as it came in; pictures in the PDF are smaller copies, some with personal data covered.
4. The last page of the PDF holds the seal of the case's log; amends audit verify --expect SEAL-OF-THE-DIGEST, run in the system, proves
   that the log has not changed since that day.
"""


def exhibit_pages(document: bytes, count: int) -> Mapping[int, tuple[int, ...]]:
    """Will say on which pages of a dossier each exhibit is shown, counted from 1, by the bookmarks in it."""
    starts: dict[int, int] = {}
    found = pypdfium2.PdfDocument(document)
    try:
        last = len(found)
        for mark in found.get_toc():
            title = str(mark.get_title() or "")
            numbers = [int(one) for one in title.replace("证据", " ").split() if one.isdigit()]
            dest = mark.get_dest()
            if numbers and dest is not None and "Exhibit" in title:
                starts[numbers[0]] = int(dest.get_index() or 0) + 1
    finally:
        found.close()
    ends = {n: starts.get(n + 1, last) - 1 if n < count else last - 1 for n in starts}
    return {n: tuple(range(starts[n], max(starts[n], ends[n]) + 1)) for n in starts}
