"""Names of where the things of a dossier stand: zh first, en second."""

from typing import Final

DOSSIER_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "proof_state": {
        "have": ("已有", "have"),
        "missing": ("缺少", "missing"),
        "optional": ("可选", "optional"),
        "too_big": ("超出限制", "too big"),
    },
    "proof_need": {"required": ("必需", "required"), "optional": ("可选", "optional")},
    "proof_strength": {
        "strong": ("证明力强", "strong"),
        "medium": ("证明力中", "medium"),
        "weak": ("证明力弱", "weak"),
    },
    "dossier_state": {
        "draft": ("未生成", "Not built yet"),
        "waiting": ("排队中", "Waiting for the runner"),
        "building": ("生成中", "Being built"),
        "built": ("已生成", "Built"),
        "failed": ("生成失败", "Could not be built"),
    },
}
