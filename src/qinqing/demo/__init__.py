"""The simulated year Guangyuan 2020: a profile, its people, and history written through the actions."""
