"""``python -m provenance``: the command line."""

from provenance.cli.main import main

if __name__ == "__main__":
    main(prog_name="provenance")
