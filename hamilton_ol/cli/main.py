"""`hamilton-ol`: finds the command and turns what goes wrong into a sentence and an exit code."""

import sys
from importlib import import_module

import click

import hamilton_ol
from hamilton_ol.cli.output import prepare_streams

#: {command: what it does}; each is `command` in the module of its name.
COMMANDS = {
    "demo": "Run a small machine-learning dataflow and see what is recorded.",
    "runs": "List recorded runs.",
    "show": "Show one run: nodes, times, inputs, outputs, versions.",
    "select": "List the nodes that a query means: +model, tag:PII=true+, age..model.",
    "upstream": "List all that a node comes from.",
    "downstream": "List all that comes from a node.",
    "path": "List all on any way from one node to another.",
    "sources": "List the data that a dataflow, or a node, is made of.",
    "owners": "List who owns what.",
    "pii": "List what is personal data, and the artifacts and owners that it reaches.",
    "catalog": "List every node with documentation, type, owner, version and last change.",
    "report": "Report on one artifact: data, steps, values, checks, owners, personal data.",
    "export": "Write a picture or a file: SVG, PNG, HTML, DOT, Mermaid, JSON, CSV.",
    "events": "Print the OpenLineage events of a run, exactly as they would be sent.",
    "push": "Send the events of runs to Marquez or any OpenLineage target.",
    "status": "Show for each target what was sent, what waits and what was refused.",
    "doctor": "Look at settings, store and targets step by step; say how to mend what is wrong.",
    "env": "Print the variables that make a run the parent of dbt, Spark or another dataflow.",
    "stamp": "Print the facts that tie an artifact to its lineage.",
    "config": "Show every setting, its value and where it comes from.",
    "explore": "Open a dataflow in the explorer, point and click.",
}


class Commands(click.Group):
    """Imports a command only when it is asked for: `--help` of one does not pay for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands, in the order in which a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"hamilton_ol.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; for a word that names none, the nearest."""
        word = args[0]
        if word not in COMMANDS and not word.startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - only for a typo

            for near in get_close_matches(word, COMMANDS, 1, 0.5):
                ctx.fail(f"There is no command {word!r}. Is {near!r} meant?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(hamilton_ol.__version__, "-V", "--version", prog_name="hamilton-ol")
def group() -> None:
    """Lineage of Hamilton dataflows: what ran, what it was made of, and where to send that.

    Add OpenLineageHook("a name") to a driver, and its runs are recorded here. No runs yet? Begin
    with `hamilton-ol demo`.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit.

    Exit codes: 0 done; 1 a check fails; 2 wrong usage or a missing extra; 3 no such node, run or
    revision; 4 the dataflow could not be loaded; 5 the target refused or could not be reached; 6 the
    store is missing, unreadable or newer; 70 an internal error.
    """
    words = sys.argv[1:] if arguments is None else arguments
    prepare_streams()
    try:
        with group.make_context("hamilton-ol", list(words)) as context:
            group.invoke(context)
    except BaseException as error:
        from hamilton_ol.cli.failures import report  # noqa: PLC0415 - what goes well needs none

        sys.exit(report(error, words))


if __name__ == "__main__":
    main()
