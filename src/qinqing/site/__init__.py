"""The site: settings, addresses, the portal's front page and the command that serves it."""
