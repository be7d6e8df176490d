"""Figures of a package as the standard defines them, compared and held against an assessment profile."""
