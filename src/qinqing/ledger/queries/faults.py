"""What can be wrong with a ledger, and the sentence that says it."""

from dataclasses import dataclass, replace

from qinqing.base.words import Sentence, say

from .. import verbs
from ..models import Entry, Tile
from ..rules import tree as rules
from .rows import Row

EDITED = "edited"
DELETED = "deleted"
MOVED = "moved"
INSERTED = "inserted"
BACKDATED = "backdated"
TILE = "tile"
CHECKPOINT = "checkpoint"

_SENTENCES = {
    EDITED: say("%(where)s（%(what)s）的内容被改过"),
    DELETED: say("%(where)s被删除"),
    MOVED: say("%(where)s（%(what)s）被调换了位置"),
    INSERTED: say("%(where)s（%(what)s）不是按正常途径写入的，是后来插入的"),
    BACKDATED: say("%(where)s（%(what)s）的入账时间早于它前面的检查点，是倒签的"),
}


@dataclass(frozen=True)
class Fault:
    """`number` counts from 1 in the sealed ledger, None for what is not sealed; `entry` is the row's id."""

    kind: str
    number: int | None
    entry: int | None
    subject: str
    verb: str
    sentence: Sentence


def of_entry(kind: str, number: int | None, entry_id: int | None) -> Fault:
    entry = Entry.objects.filter(pk=entry_id).first() if entry_id else None
    subject, verb = (entry.subject, entry.verb) if entry else ("", "")
    where = say("第 %(n)s 条", n=number) if number else say("未封存的 %(n)s 号记录", n=entry_id)
    sentence = replace(_SENTENCES[kind], values={"where": where, "what": f"{subject} {verbs.label(verb)}"})
    return Fault(kind, number, entry_id, subject, verb, sentence)


def of_tile(level: int) -> Fault:
    return Fault(TILE, None, None, "", "", say("封存树第 %(n)s 层与下一层对不上", n=level))


def of_checkpoint(name: str, sentence: Sentence) -> Fault:
    return Fault(CHECKPOINT, None, None, f"checkpoint:{name}", "", sentence)


def at_position(index: int, row: Row | None, sealed_hash: bytes) -> Fault | None:
    """What is wrong at a position where `sealed_hash` was sealed; None when nothing is."""
    if row is None:
        lost = Entry.objects.filter(hash=sealed_hash.hex()).first()
        return of_entry(DELETED, index + 1, lost.pk if lost else None)
    if row.is_missing:
        return of_entry(DELETED, index + 1, row.entry)
    if not row.is_intact:
        return of_entry(EDITED, index + 1, row.entry)
    if row.digest != sealed_hash:
        kind = _displacement(row.digest, sealed_hash) if sealed_hash else INSERTED
        return of_entry(kind, index + 1, row.entry)
    return None


def _displacement(found: bytes, sealed_hash: bytes) -> str:
    """Why an intact entry stands where another hash was sealed."""
    is_kept = Entry.objects.filter(hash=sealed_hash.hex()).exists()
    if _is_sealed(found):
        return MOVED if is_kept else DELETED
    return INSERTED if is_kept else EDITED


def _is_sealed(hash_: bytes) -> bool:
    tiles = Tile.objects.filter(level=0).values_list("hashes", flat=True)
    return any(hash_ in rules.split_tile(bytes(tile)) for tile in tiles.iterator())
