"""`python -m xiansuo` and the `xiansuo` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from xiansuo.cli.app import run

    run()


if __name__ == "__main__":
    main()
