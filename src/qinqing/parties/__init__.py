"""People, units and enterprises: who they are, what they may act for, and what is known of them."""
