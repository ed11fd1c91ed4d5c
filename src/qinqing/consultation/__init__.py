"""Mechanism 1: difficulties are collected from every channel, decided by boards, followed until solved."""
