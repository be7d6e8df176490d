"""Packages of any size with known faults, and the measurements made on them."""
