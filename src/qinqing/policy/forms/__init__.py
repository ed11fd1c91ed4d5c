"""What people write about policies."""
