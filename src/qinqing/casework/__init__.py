"""The matter: everything the government owes somebody, from submission to striking off."""
