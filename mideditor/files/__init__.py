"""Files on disk: decoding text, replacing files atomically, finding bundled files, errors."""
