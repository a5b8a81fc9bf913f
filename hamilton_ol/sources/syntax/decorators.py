"""What Hamilton's decorators make of a function, as far as their text says."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from hamilton_ol.sources.syntax.annotations import type_text
from hamilton_ol.sources.syntax.drafts import Draft, Function, Taken, draft_of, tags_of
from hamilton_ol.sources.syntax.names import Names, UnknownError


class Drafts:
    """The nodes of one function.

    Args:
        function: its tree.
        name: of its node.
        names: of its module.
        problem: is told what the text does not say.

    Attributes:
        nodes: {name: node}.
    """

    def __init__(
        self, function: Function, name: str, names: Names, problem: Callable[..., None]
    ) -> None:
        self._function, self._names, self._problem = function, names, problem
        self.nodes: dict[str, Draft] = {name: draft_of(function, name)}

    @property
    def _mains(self) -> list[Draft]:
        """The nodes that the function itself makes."""
        return [node for node in self.nodes.values() if node.owner == node.name]

    def apply(self, decorator: str, call: ast.expr) -> None:
        """Change the nodes as a decorator does; what cannot be told stays as it was."""
        change = _CHANGES.get(decorator) or _CHANGES.get(f"{decorator.partition('.')[0]}.")
        if change is None:
            if decorator not in _WITHOUT_NODES:
                self._problem(f"@{decorator}: what it makes of {self._function.name} is not known")
            return
        try:
            change(self, call if isinstance(call, ast.Call) else ast.Call(call, [], []))
        except (UnknownError, TypeError, AttributeError, LookupError) as error:
            self._problem(f"@{decorator} of {self._function.name}: {error} is not in the text")

    # --- what decorators do --------------------------------------------------------------------

    def tag(self, call: ast.Call) -> None:
        """`@tag(key="value", target_="node")`."""
        found = {key: self._names.value(value) for key, value in self._names.entries(call)}
        wanted = found.pop("target_", None)
        targets = [wanted] if isinstance(wanted, str) else wanted
        for node in self.nodes.values():
            if node.name in targets if targets is not None else self._is_last(node):
                node.tags |= tags_of(found)

    def _is_last(self, node: Draft) -> bool:
        """Whether nothing is taken out of a node: a tag without target is for such."""
        parts = [one for one in self.nodes.values() if one.field is not None]
        return node.field is not None or (node.owner == node.name and not parts)

    def tag_outputs(self, call: ast.Call) -> None:
        """`@tag_outputs(node={"key": "value"})`."""
        for name, value in self._names.entries(call):
            if name in self.nodes:
                self.nodes[name].tags |= tags_of(self._names.value(value))

    def extract_columns(self, call: ast.Call) -> None:
        """`@extract_columns("a", "b")`."""
        columns = [item for part in call.args for item in self._names.items(part)]
        for main in self._mains:
            self._take_out(main, [(str(_first(column)), "Series") for column in columns])

    def extract_fields(self, call: ast.Call) -> None:
        """`@extract_fields({"a": int})`, or names."""
        for main in self._mains:
            fields = list(self._fields(call.args or [k.value for k in call.keywords]))
            main.fields = tuple(fields)
            self._take_out(main, fields)

    def _fields(self, arguments: list[ast.expr]) -> Iterator[tuple[str, str]]:
        for argument in arguments:
            found = self._names.resolved(argument)
            if isinstance(found, ast.Call) and self._names.called(found) == "dict":
                yield from ((name, type_text(kind)) for name, kind in self._names.entries(found))
            elif isinstance(found, ast.Dict):
                for key, kind in zip(found.keys, found.values, strict=True):
                    if key is None:
                        raise UnknownError(ast.unparse(found)[:80])
                    yield str(self._names.value(key)), type_text(kind)
            else:
                for item in self._names.items(argument):
                    names = item if isinstance(item, list | tuple) else [item]
                    yield from ((str(name), "") for name in names)

    def _take_out(self, main: Draft, parts: list[tuple[str, str]]) -> None:
        for name, kind in parts:
            takes = {f"of.{main.name}": Taken(main.name)}
            part = Draft(name, kind, main.doc, "function", main.name, name, takes, dict(main.tags))
            self.nodes[name] = part

    def parameterize(self, call: ast.Call) -> None:
        """`@parameterize(node={"argument": source("x")})`: a node for each."""
        made = []
        for name, value in self._names.entries(call):
            whole = self._names.resolved(value)
            parts = whole.elts if isinstance(whole, ast.Tuple) else [whole]
            doc = self._names.value(parts[1]) if parts[1:] else None
            made.append((name, self._mapping(parts[0]), doc))
        self._multiply(made)

    def _mapping(self, expression: ast.expr) -> dict[str, ast.expr]:
        """{argument: what it is given}."""
        found = self._names.resolved(expression)
        if not isinstance(found, ast.Dict):
            raise UnknownError(ast.unparse(expression)[:80])
        pairs = zip(found.keys, found.values, strict=True)
        return {str(self._names.value(key)): value for key, value in pairs if key is not None}

    def parameterize_sources(self, call: ast.Call) -> None:
        """`@parameterize_sources(node=dict(argument="x"))`."""
        made = []
        for name, value in self._names.entries(call):
            whole = self._names.resolved(value)
            if isinstance(whole, ast.Call):
                pairs = list(self._names.entries(whole))
            else:
                found = self._names.value(whole)
                pairs = [(key, ast.Constant(item)) for key, item in found.items()]
            given = {key: ast.Call(ast.Name("source"), [item], []) for key, item in pairs}
            made.append((name, given, None))
        self._multiply(made)

    def parameterize_values(self, call: ast.Call) -> None:
        """`@parameterize_values("p", {("node", "doc"): value})`: a node for each value."""
        found = dict(zip(("parameter", "assigned_output"), call.args, strict=False))
        found |= dict(self._names.entries(call))
        parameter = str(self._names.value(found["parameter"]))
        outputs = self._names.resolved(found["assigned_output"])
        if not isinstance(outputs, ast.Dict):
            raise UnknownError(ast.unparse(outputs)[:80])
        made = []
        for key in outputs.keys:
            name = self._names.value(key) if key is not None else ""
            named, doc = name if isinstance(name, tuple) else (name, None)
            given = {parameter: ast.Call(ast.Name("value"), [], [])}
            made.append((str(named), given, doc))
        self._multiply(made)

    def _multiply(self, made: Iterable[tuple[str, Mapping[Any, ast.expr], Any]]) -> None:
        (main,) = self._mains
        del self.nodes[main.name]
        for name, given, doc in made:
            node = replace(
                main, name=name, owner=name, takes=dict(main.takes), tags=dict(main.tags)
            )
            node.doc = doc if isinstance(doc, str) else main.doc
            self.nodes[name] = node
            self._give(node, given)
            node.doc = self._filled(node.doc, given)

    def _filled(self, doc: str, given: Mapping[Any, ast.expr]) -> str:
        """Documentation with what arguments are."""
        for argument, value in given.items():
            part = value.args[0] if isinstance(value, ast.Call) and value.args else None
            try:
                text = "" if part is None else str(self._names.value(part))
            except UnknownError:
                continue
            doc = doc.replace(f"{{{argument}}}", text) if text else doc
        return doc

    def inject(self, call: ast.Call) -> None:
        """`@inject(argument=source("x"))`."""
        given = dict(self._names.entries(call))
        for main in self._mains:
            self._give(main, given)

    def _give(self, node: Draft, given: Mapping[Any, ast.expr]) -> None:
        """Let arguments come from elsewhere, or be values."""
        for argument, value in given.items():
            known = node.takes.pop(argument, None)
            for number, source in enumerate(self._sources(value)):
                place = argument if not number else f"{argument}.{number}"
                node.takes[place] = Taken(source, known.type if known else "")

    def _sources(self, expression: ast.expr) -> Iterator[str]:
        """The nodes that an argument of a decorator names, also in groups."""
        for part in ast.walk(self._names.resolved(expression)):
            if isinstance(part, ast.Call) and self._names.called(part) == "source" and part.args:
                yield str(self._names.value(part.args[0]))

    def load_from(self, call: ast.Call) -> None:
        """`@load_from.csv(path=source("x"), inject_="argument")`: a loader gives the argument."""
        given = dict(self._names.entries(call))
        wanted = given.pop("inject_", None)
        for main in self._mains:
            argument = str(self._names.value(wanted)) if wanted else next(iter(main.takes), "")
            loader = f"{main.name}.load_data.{argument}"
            selector = f"{main.name}.select_data.{argument}"
            main.takes[argument] = Taken(selector, main.takes.get(argument, Taken("")).type)
            takes = {f"of.{s}": Taken(s) for value in given.values() for s in self._sources(value)}
            self.nodes[loader] = Draft(loader, "tuple", "", "loader", main.name, takes=takes)
            self.nodes[selector] = Draft(
                selector, "", "", "loader", main.name, takes={"of.data": Taken(loader)}
            )

    def save_to(self, call: ast.Call) -> None:
        """`@save_to.csv(path=..., output_name_="saved")`: a saver takes the result."""
        given = dict(self._names.entries(call))
        wanted = given.pop("output_name_", None)
        for main in self._mains:
            name = str(self._names.value(wanted)) if wanted else f"save.{main.name}"
            takes = {main.name: Taken(main.name)}
            takes |= {key: Taken(s) for key, value in given.items() for s in self._sources(value)}
            self.nodes[name] = Draft(name, "dict", "", "saver", main.name, takes=takes)

    def dataloader(self, _call: ast.Call) -> None:
        """`@dataloader()`: the function loads, its node is what was loaded."""
        for main in self._mains:
            loader = f"{main.name}.loader"
            self.nodes[loader] = replace(
                main, name=loader, kind="loader", owner=main.name, tags=dict(main.tags)
            )
            main.takes, main.kind = {"of.data": Taken(loader)}, "loader"
            main.type = type_text(_first_member(self._function.returns))

    def datasaver(self, _call: ast.Call) -> None:
        """`@datasaver()`: the function writes."""
        for main in self._mains:
            main.kind = "saver"

    def steps(self, call: ast.Call) -> None:
        """`@pipe_input(step(f, x=source("y")))`: what steps take is taken, steps are no nodes."""
        for main in self._mains:
            found = [source for part in call.args for source in self._sources(part)]
            main.takes |= {f"step.{name}": Taken(name) for name in found}
        self._problem("the steps {} are left out", f"of {self._function.name}")

    def subdag(self, call: ast.Call) -> None:
        """`@subdag(module, inputs={"x": source("y")})`: the nodes within are left out."""
        found = [s for _, value in self._names.entries(call) for s in self._sources(value)]
        for main in self._mains:
            main.takes = {f"input.{name}": Taken(name) for name in found}
        self._problem("the nodes within {} are left out", f"the subdag {self._function.name}")

    def check(self, _call: ast.Call) -> None:
        """`@check_output(...)`: the checks are no nodes here."""
        self._problem("the checks {} are left out", f"of {self._function.name}")


#: Decorators that make no nodes and change none.
_WITHOUT_NODES = frozenset({"", "cache", "schema.output", "does", "RayRemote"})
_CHANGES: Mapping[str, Callable[[Drafts, ast.Call], None]] = {
    "tag": Drafts.tag,
    "tag_outputs": Drafts.tag_outputs,
    "extract_columns": Drafts.extract_columns,
    "extract_fields": Drafts.extract_fields,
    "unpack_fields": Drafts.extract_fields,
    "parameterize": Drafts.parameterize,
    "parameterize_sources": Drafts.parameterize_sources,
    "parameterize_values": Drafts.parameterize_values,
    "inject": Drafts.inject,
    "load_from.": Drafts.load_from,
    "save_to.": Drafts.save_to,
    "dataloader": Drafts.dataloader,
    "datasaver": Drafts.datasaver,
    "pipe": Drafts.steps,
    "pipe_input": Drafts.steps,
    "pipe_output": Drafts.steps,
    "mutate": Drafts.steps,
    "subdag": Drafts.subdag,
    "parameterized_subdag": Drafts.subdag,
    "check_output": Drafts.check,
    "check_output_custom": Drafts.check,
}


def _first_member(returns: ast.expr | None) -> ast.expr | None:
    """What a loader loads: it returns that with a description."""
    inner = returns.slice if isinstance(returns, ast.Subscript) else None
    return inner.elts[0] if isinstance(inner, ast.Tuple) else returns


def _first(column: Any) -> Any:
    return column[0] if isinstance(column, tuple) else column
