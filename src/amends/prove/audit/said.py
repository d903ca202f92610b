"""What findings say, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amends.facts.audit_trail import AuditFinding
from amends.facts.rulebook import Says
from amends.facts.vault import ChainFault

_CHAIN: Final[Mapping[str, tuple[str, str]]] = {
    "changed": ("entry {seq} was changed", "第 {seq} 条记录被改动"),
    "missing": ("entry {seq} is missing", "缺少第 {seq} 条记录"),
    "added": ("entry {seq} was added from outside", "第 {seq} 条记录系后来添加"),
    "loose": ("entry {seq} does not follow from the one before", "第 {seq} 条记录与前一条不衔接"),
    "cut": ("it ends at entry {seq} with another seal than was written down", "末条（第 {seq} 条）的封印与登记不符"),
}
_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "leads_elsewhere": ("the log leads elsewhere than where the case is said to stand", "日志推得的状态与售后单当前状态不符"),
    "impossible": ("the log holds a move that is not possible", "日志含有不可能的状态变化"),
    "bytes": ("the file's bytes are not its own: they sum to {found}", "文件内容被改动，当前哈希为 {found}"),
    "size": ("the file has {found} bytes where {size} were written down", "文件大小为 {found} 字节，登记为 {size} 字节"),
    "lost": ("the file is not there", "文件不存在"),
    "came_back": ("the file was removed when its time was over, and is there again", "文件已按期删除，却再次出现"),
    "stray": ("no row of the vault names this file", "没有任何记录指向该文件"),
    "use_changed": ("what the row says ({field}) is not what custody says", "记录的 {field} 与保管链不一致"),
    "use_unkept": ("the row names file {sha}, which the vault does not know", "记录指向的文件 {sha} 不在证据库中"),
    "use_gone": (
        "custody entry {seq} says that it belongs to {whose}, and no row does",
        "保管链第 {seq} 条称其属于 {whose}，但没有对应记录",
    ),
    "facts_changed": ("its row says another {field} than its custody", "其登记的 {field} 与保管链不一致"),
    "log_names": ("the log names file {sha}, which the vault does not know", "日志提及的文件 {sha} 不在证据库中"),
    "orphan": ("entry {seq} belongs to nothing that is there", "第 {seq} 条记录所属对象不存在"),
    "unsealed": ("a deed ({what}) was put in beside the chain", "有一条操作记录（{what}）未入封印链"),
    "digest_changed": ("the digest was changed", "摘要被改动"),
    "digest_missing": ("digest {seq} is missing", "缺少第 {seq} 份摘要"),
    "digest_loose": ("the digest does not follow from the one before", "摘要与前一份不衔接"),
    "leaves_changed": ("what the digest was made over was changed", "摘要的明细被改动"),
    "rewritten": ("entry {seq} was rewritten after digest {digest} was made", "第 {seq} 条记录在第 {digest} 份摘要之后被重写"),
    "unwritten": ("entry {seq} was there when digest {digest} was made, and is gone", "第 {digest} 份摘要中的第 {seq} 条记录已不存在"),
    "expected": ("no digest has the seal {seal}, which was written down elsewhere", "没有封印为 {seal} 的摘要"),
    "stamp": ("the time stamp does not hold: {why}", "时间戳无效：{why}"),
    "stamp_loose": ("the time stamp is over another hash than what it is kept for", "时间戳所盖的哈希与对象不符"),
}  # fmt: skip
KINDS: Final = frozenset({*_CHAIN, *_SAID})


def found(kind: str, where: str, merchant: str = "", **places: object) -> AuditFinding:
    """A finding with its sentence."""
    en, zh = _SAID[kind]
    return AuditFinding(kind, where, Says(en.format(**places), zh.format(**places)), merchant)


def chain_found(fault: ChainFault, where: str, merchant: str, whose: tuple[str, str]) -> AuditFinding:
    """A fault of a chain. `whose`: the log or the custody, in both languages."""
    en, zh = _CHAIN[fault.what]
    says = Says(f"{whose[0]}: {en.format(seq=fault.seq)}", f"{whose[1]}：{zh.format(seq=fault.seq)}")
    return AuditFinding(fault.what, where, says, merchant)
