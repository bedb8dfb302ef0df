"""`python -m tropa` is the command `tropa`."""

from tropa.cli import main

if __name__ == "__main__":
    main()
