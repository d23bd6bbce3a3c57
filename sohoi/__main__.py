"""`python -m sohoi` is the `sohoi` command."""

import sys

from sohoi.config.launcher import main

if __name__ == "__main__":
    sys.exit(main())
