"""The ledger's tables. Entries, leaves, tiles and checkpoints are only ever added to; triggers hold that.

No table has a foreign key, so that nothing else's deletion reaches the ledger. No column holds personal data: an
entry has codes, references such as `account:17`, dates, amounts and salted commitments to texts that stand elsewhere.
The tables are created once and never altered: changing one on SQLite would drop its triggers without a word.
"""

from django.db import models


class Entry(models.Model):
    """One verb, once: the audit trail, the timeline and the event."""

    act = models.CharField(max_length=32)
    verb = models.CharField(max_length=80)
    actor = models.CharField(max_length=60)
    acting_as = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    facts = models.TextField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    hash_name = models.CharField(max_length=10)
    hash = models.CharField(max_length=64)
    once = models.CharField(max_length=200, null=True, unique=True)
    once_body = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="ledger_entry_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class Pending(models.Model):
    """A committed entry that has no position yet: written with the entry, taken away by the sealer."""

    entry = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.entry)


class Leaf(models.Model):
    """The position of an entry, counted from 0 without gaps."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"{self.index}: {self.entry}"


class Tile(models.Model):
    """Up to 256 neighbouring hashes of the tree. The last tile of a level grows at its end; a full one stays."""

    level = models.SmallIntegerField()
    position = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "position"], name="ledger_tile_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.position}"


class Checkpoint(models.Model):
    """A signed statement: at this time the ledger had this size and this root."""

    number = models.BigIntegerField(primary_key=True)
    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    public_key = models.CharField(max_length=64)
    note = models.TextField()

    def __str__(self) -> str:
        return f"{self.number}: {self.size}"


class Cursor(models.Model):
    """How far the sealer or a reaction has come, and what stops it. Also the row that one worker locks."""

    name = models.CharField(max_length=100, primary_key=True)
    leaf = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    def __str__(self) -> str:
        return f"{self.name}: {self.leaf}"
