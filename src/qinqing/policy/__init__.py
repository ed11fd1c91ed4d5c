"""Policies that concern enterprises: text, clauses and benefits that can be computed; the library, and one's own."""
