"""The merchant's policies: drafts, publishing what was checked, and going back to an earlier text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from amends.decide.policy.check.check import check_policy
from amends.decide.policy.check.flaws import Flaw
from amends.decide.policy.compiled import CompiledPolicy, compile_policy
from amends.decide.policy.read_policy import read_policy
from amends.decide.policy.spots import Fault, UnableToReadPolicy
from amends.desk.house import House
from amends.desk.settings.first_policy import FIRST_TEXT
from amends.desk.settings.gate import UnableToSet, check_may_set
from amends.desk.settings.ports import Concerns, PolicyBook
from amends.desk.settings.rehearse import rehearse
from amends.facts.kept_policies import KeptPolicy, KeptVersion, Rehearsal, VersionState, text_sha256
from amends.facts.people import Person

_KEPT_CHECKS = 64


class UnableToPublish(UnableToSet):
    """The text cannot go live as it is: `flaws` are the errors that a reason must be given for."""

    def __init__(self, flaws: tuple[Flaw, ...]) -> None:
        super().__init__(
            "The check found errors. Mend them, or tick that you publish all the same and say why.",
            "检查发现错误。请先修改；如仍要发布，请勾选并写明理由。",
            "accepted",
        )
        self.flaws = flaws


@dataclass(slots=True)
class CheckedTexts:
    """What the check found, by text and day: a check takes seconds, and the same text is asked about again and again."""

    _found: dict[tuple[str, str], tuple[Flaw, ...]] = field(default_factory=dict)

    def known(self, text: str, at: datetime) -> tuple[Flaw, ...] | None:
        """What was found in this text today; None where it was not checked."""
        return self._found.get((text_sha256(text), at.date().isoformat()))

    def keep(self, text: str, at: datetime, flaws: tuple[Flaw, ...]) -> None:
        """Remember what was found; the oldest of 64 is forgotten."""
        while len(self._found) >= _KEPT_CHECKS:
            del self._found[next(iter(self._found))]
        self._found[text_sha256(text), at.date().isoformat()] = flaws


@dataclass(frozen=True, slots=True)
class PolicyDesk:
    """The verbs of policies over a book and the house."""

    book: PolicyBook
    house: House
    checked: CheckedTexts = field(default_factory=CheckedTexts)

    def policies(self, person: Person) -> Sequence[KeptPolicy]:
        """The policies that the person may see."""
        return self.book.policies(person.merchants)

    def policy(self, number: int, person: Person) -> KeptPolicy | None:
        """One policy; None where there is none, or it is not the person's to see."""
        found = self.book.policy(number)
        return found if found and person.may_see(found.merchant) else None

    def merchants(self, person: Person) -> list[str]:
        """The merchants for which the person may begin a policy."""
        return [merchant for merchant in self.book.merchants() if person.may_see(merchant)]

    def lint(self, text: str, name: str = "") -> tuple[Fault, ...]:
        """Everything that keeps a text from being read, each with its line. `name`: what the policy must be called."""
        return read(text, name)[1]

    def check(self, text: str, at: datetime) -> tuple[Flaw, ...]:
        """What the check finds in a text that can be read: an empty answer is a proof. Raises `UnableToReadPolicy`."""
        known = self.checked.known(text, at)
        if known is None:
            known = check_policy(compile_policy(read_policy(text)), self.house.rulebooks, at)
            self.checked.keep(text, at, known)
        return known

    def rehearse(self, policy: KeptPolicy, text: str, at: datetime) -> Rehearsal:
        """Which of the newest 500 open cases a text would decide otherwise. Raises `UnableToReadPolicy`."""
        return rehearse(self.house, self.book, policy.merchant, compile_policy(read_policy(text)), at)

    def versions(self, policy: KeptPolicy) -> Sequence[KeptVersion]:
        """All versions of a policy, newest first."""
        return self.book.versions(policy.number)

    def begin(self, merchant: str, name: str, person: Person, at: datetime) -> int:
        """Begin a policy with a draft to write on; gives its number. Raises `UnableToSet`."""
        check_may_set(person, merchant, self.book.merchants())
        text = FIRST_TEXT.format(name=name)
        if read(text, name)[1] or not name:
            raise UnableToSet(
                "A name is small letters, digits, - and _, and begins with a letter, for example autumn-sale.",
                "名称只用小写字母、数字、- 和 _，并以字母开头，例如 autumn-sale。",
                "name",
            )
        number = self.book.begin(merchant, name, text, person.name, at)
        if number is None:
            raise UnableToSet(
                "There is a policy of this name already; take another one.", "已有同名政策，请换一个名称。", "name"
            )
        return number

    def save(self, number: int, text: str, note: str, base: int, person: Person, at: datetime) -> KeptVersion:
        """Keep a text as a draft, even one that cannot be read yet; the newest text again changes nothing. Raises `UnableToSet`."""
        policy = self._mine(number, person)
        if text == policy.newest.text:
            return policy.newest
        return self._add(policy, _version(text, "draft", person, at, note), base, None)

    def publish(
        self, number: int, text: str, note: str, base: int, person: Person, at: datetime, accepted: str = ""
    ) -> KeptVersion:
        """Make a text the one by which cases are decided; open cases that nobody answered are decided again.

        Raises `UnableToReadPolicy`, and `UnableToPublish` where the check finds errors and `accepted` gives no reason.
        """
        policy = self._mine(number, person)
        made, faults = read(text, policy.name)
        if made is None:
            raise UnableToReadPolicy(list(faults))
        errors = tuple(flaw for flaw in self.check(text, at) if flaw.severity == "error")
        if errors and not accepted.strip():
            raise UnableToPublish(errors)
        version = _version(text, "live", person, at, note, accepted.strip() if errors else "")
        return self._add(policy, version, base, _either(made, policy.live))

    def roll_back(
        self, number: int, to: int, base: int, person: Person, at: datetime, accepted: str = ""
    ) -> KeptVersion:
        """Publish the text of an earlier version as a new one. Raises as `publish` does."""
        earlier = next((one for one in self.book.versions(number) if one.number == to), None)
        if earlier is None:
            raise UnableToSet(f"There is no version {to}.", f"没有第 {to} 版。")
        return self.publish(number, earlier.text, f"= {to}", base, person, at, accepted)

    def _mine(self, number: int, person: Person) -> KeptPolicy:
        policy = self.book.policy(number)
        if policy is None:
            raise UnableToSet("There is no such policy.", "没有这项政策。")
        check_may_set(person, policy.merchant)
        return policy

    def _add(self, policy: KeptPolicy, version: KeptVersion, base: int, concerns: Concerns | None) -> KeptVersion:
        made = self.book.add(policy.number, version, base, concerns)
        if made is None:
            raise UnableToSet(
                "Somebody else saved a version while you wrote. Your text is still here: compare it with the newest one, then save again.",
                "在你编辑期间，其他人保存了新版本。你的内容仍在此处：请与最新版本对照后再保存。",
                "base",
            )
        return made


def read(text: str, name: str = "") -> tuple[CompiledPolicy | None, tuple[Fault, ...]]:
    """The policy in a text, or every fault that keeps it from being read. `name`: what it must be called."""
    try:
        found = read_policy(text)
    except UnableToReadPolicy as fault:
        return None, fault.faults
    if name and found.id != name:
        line = next((n for n, row in enumerate(text.splitlines(), 1) if row.startswith("policy:")), 1)
        return None, (Fault(line, "policy", f"this policy is called {name}; begin another one for {found.id!r}"),)
    return compile_policy(found), ()


def _version(
    text: str, state: VersionState, person: Person, at: datetime, note: str, accepted: str = ""
) -> KeptVersion:
    return KeptVersion(0, text, state, person.name, at, note.strip(), accepted)


def _either(made: CompiledPolicy, live: KeptVersion | None) -> Concerns:
    """Whatever the new text or the one before it speaks for."""
    before = read(live.text)[0] if live else None

    def concerns(shop: str, market: str, channel: str) -> bool:
        return made.concerns(shop, market, channel) or bool(before and before.concerns(shop, market, channel))

    return concerns
