"""A city's profile: a folder of YAML files that brings everything which is that city's own."""
