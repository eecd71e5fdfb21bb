"""Bytes on disk: decoding what comes in, replacing files whole, finding what ships with us."""
