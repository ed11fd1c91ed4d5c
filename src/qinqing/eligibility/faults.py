"""What is wrong with a rule or a fact, and exactly where: all of it at once, since nobody likes to mend twice."""

from dataclasses import dataclass, field

from qinqing.base.words import Sentence


@dataclass(frozen=True)
class Fault:
    """`policies[2](shebao).where.all[3].ge` and one sentence; a warning does not stop anything."""

    path: str
    what: Sentence
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.what}" if self.path else str(self.what)


class Broken(Exception):
    """What was read cannot be used."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults[:3])))
        self.faults = faults


@dataclass
class Findings:
    """Collects while reading goes on."""

    all: list[Fault] = field(default_factory=list)

    def add(self, path: str, what: Sentence) -> None:
        self.all.append(Fault(path, what))

    def warn(self, path: str, what: Sentence) -> None:
        self.all.append(Fault(path, what, is_warning=True))

    @property
    def errors(self) -> list[Fault]:
        return [fault for fault in self.all if not fault.is_warning]

    @property
    def warnings(self) -> list[Fault]:
        return [fault for fault in self.all if fault.is_warning]
