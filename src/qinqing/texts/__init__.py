"""Chinese texts, pure: bigrams for search, similarity with reasons, and routing suggestions."""
