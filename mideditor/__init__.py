"""The desk at which chapters of militarized interstate disputes are corrected and coded."""

__version__ = "0.1.0"
