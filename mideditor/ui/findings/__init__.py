"""Findings of the checks, and their fixes."""
