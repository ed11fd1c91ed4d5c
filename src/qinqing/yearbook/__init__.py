"""What other offices published and the city cites: each figure with its source, its period and who entered it."""
