"""Pure rules of the ledger: entries as bytes, the Merkle tree, signed notes, receipts."""
