"""Starts mideditor: ``python -m mideditor``."""

from mideditor.app.start import main

if __name__ == "__main__":
    main()
