"""The read side of policies: documents, facts, comparisons, rules being written."""
