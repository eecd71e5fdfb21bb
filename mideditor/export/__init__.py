"""The formats records leave in, one module each."""
