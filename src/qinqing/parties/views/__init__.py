"""Pages of sign-in, of oneself, and of the administrators."""
