"""`python -m app.backend`: the same as `marhaba backend`, on a machine without the wizard."""

import sys

from app.backend.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
