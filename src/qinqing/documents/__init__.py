"""Attachments, kept by their content's hash, and official papers."""
