"""Tamper-evident entries: one for each verb, sealed into a Merkle tree, signed, and checkable by anyone."""
