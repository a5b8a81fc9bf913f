"""`hamilton-explorer`: says what it will be."""

import sys

MESSAGE = """\
hamilton-explorer will open a dataflow (modules, a git revision, a recorded run, OpenLineage events
or a Marquez) and show by pointing what a result is made of and what a change breaks, without a
server. It is not in this version. Until then `hamilton-ol show` tells of recorded runs, and
`hamilton-ol push RUN --to URL` sends them to a Marquez, which draws them.
"""


def main() -> None:
    """Say so, and exit with the code for what is not there."""
    sys.stderr.write(MESSAGE)
    sys.exit(2)


if __name__ == "__main__":
    main()
