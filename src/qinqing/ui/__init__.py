"""What every page is made of: tokens, components, icons, filters, and the two shells."""
