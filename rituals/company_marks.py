"""A YAML text as plain fields, every scalar kept as the text it is, with the line each one stands on.

YAML itself reads 16:30 as 990 and no as false; here nothing is read, `company_schema` decides what a text means.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import yaml

from okr.errors import Problem

HISTORY = "--- # history"
"""The line an export's history begins with: what follows is for people, and never read."""
MAX_BYTES = 2 * 1024 * 1024
MAX_VALUES = 200_000
MAX_DEPTH = 32
MAX_HINTS = 200
SHOWN = 60

NOTHING = "nothing"
NULLS = ("", "~", "null")
TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")

# What PyYAML says, what was expected in our words, and whether its context names the better line.
YAML_HINTS = (
    ("mapping values are not allowed", 'one field a line, and quotes around a text that has ": " in it', False),
    ("could not find expected ':'", "a colon and a space after the name of a field", True),
    ("found unexpected end of stream", "a closing quote", True),
    ("expected ',' or", "a comma or a closing bracket, and quotes around a text with , ? [ ] { or } in it", False),
    ("expected <block end>", "lines of one group to begin in the same column", False),
)


@dataclass(frozen=True)
class FileProblem:
    """One thing to mend. `path` is empty where the file as a whole is meant; `got` is as it is shown.

    `counted` is what its lines are called: those of a spreadsheet are rows.
    """

    line: int
    path: str
    expected: str
    got: str
    counted: str = "line"

    def __str__(self) -> str:
        where = f"{self.counted} {self.line}, {self.path}" if self.path else f"{self.counted} {self.line}"
        return f"{where}: expected {self.expected}, got {self.got}"


class CompanyProblems(Problem):
    """Everything in a company file that cannot be taken as it stands, by line."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.path)))
        super().__init__("company.problems", count=len(self.problems))

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


@dataclass
class Findings:
    """The problems found so far, and the lines they are shown at."""

    lines: Mapping[str, int]
    problems: list[FileProblem] = field(default_factory=list)

    def add(self, path: str, expected: str, got: str) -> None:
        self.problems.append(FileProblem(self.line(path), path, expected, got))

    def line(self, path: str) -> int:
        """The line of a path, or of the nearest group around it when the path itself is missing."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path, 1)

    def hint(self, got: object, known: Mapping[str, object]) -> str:
        """`(did you mean …?)` with the known name whose label was written, or else the nearest one.

        Silent once a file is too wrong for hints to help.
        """
        if len(self.problems) >= MAX_HINTS:
            return ""
        near = [name for name, label in known.items() if label and str(label).casefold() == str(got).casefold()]
        near = near or nearest(got, known, most=1)
        return f" (did you mean {quoted(near[0])}?)" if near else ""

    def finish(self) -> None:
        """Raise CompanyProblems when anything was found."""
        if self.problems:
            raise CompanyProblems(self.problems)


@dataclass(frozen=True)
class Marked:
    """Fields are texts, None for nothing, lists and dicts; `lines` knows every path in them."""

    fields: dict[str, Any]
    lines: dict[str, int]
    problems: tuple[FileProblem, ...]


def read(text: str) -> Marked:
    """Read a YAML text whose top is a group of fields. Raises CompanyProblems with one problem when it is not."""
    text = text.partition(f"\n{HISTORY}")[0]  # at the beginning of a line --- ends whatever came before
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise _only(1, "a file of at most 2 MiB", f"{size:,} bytes")
    try:
        top = _Composer(text).document()
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(error, text) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _only(line, "a text file in UTF-8", "a character that YAML does not allow") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # PyYAML on absurd escapes and version numbers
        raise _only(1, "a YAML file", quoted(str(error))) from error
    if isinstance(top, _Group):
        return _unroll(top)
    got = "a list" if isinstance(top, _List) else NOTHING if top is None or top.value is None else quoted(top.value)
    raise _only(top.line if top else 1, "fields at the top: company, people, teams, cycles and objectives", got)


def quoted(value: object) -> str:
    """A value as a problem shows it: short, on one line, harmless in a terminal."""
    if value is None:
        return NOTHING
    if not isinstance(value, str):
        return "a list" if isinstance(value, list) else "a group of fields"
    return f'"{shown(value)}"'


def shown(text: str) -> str:
    short = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in short)


def nearest(got: object, known: Iterable[str], *, most: int = 3) -> list[str]:
    """The known names most like `got`, however they are capitalised."""
    by_fold = {name.casefold(): name for name in known}
    return [by_fold[near] for near in get_close_matches(str(got)[:SHOWN].casefold(), by_fold, n=most)]


@dataclass
class _Node:
    """A scalar, or what its kinds below add. `size` and `height` count what its aliases stand for, too."""

    line: int
    value: str | None = None
    text: str = ""
    size: int = 1
    height: int = 1

    def holds(self, children: Iterable["_Node"]) -> None:
        for child in children:
            self.size += child.size
            self.height = max(self.height, child.height + 1)


@dataclass
class _List(_Node):
    items: list[_Node] = field(default_factory=list)


@dataclass
class _Group(_Node):
    pairs: list[tuple[_Node, _Node]] = field(default_factory=list)


class _Composer:
    """Makes nodes of PyYAML's events, within bounds: PyYAML's own composer recurses without any."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=yaml.SafeLoader)
        self.anchors: dict[str, _Node] = {}
        self.room = MAX_VALUES

    def document(self) -> _Node | None:
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        top = self.node(next(self.events), 1)
        next(self.events)
        if not isinstance(after := next(self.events), yaml.StreamEndEvent):
            raise _only(after.start_mark.line + 1, "one document", "a second one after ---")
        return top

    def node(self, event: Any, depth: int) -> _Node:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            return self.bounded(self.named(event.anchor or "", line), line, depth)
        if event.tag not in TEXT_TAGS:
            raise _only(line, "a value without a tag", quoted(event.tag))
        made = self.bounded(_Node(line), line, depth)
        if isinstance(event, yaml.ScalarEvent):
            if any("\ud800" <= char <= "\udfff" for char in event.value):
                raise _only(line, "whole characters", "half of one (\\ud800 to \\udfff)")
            empty = not event.style and event.value in NULLS
            made = _Node(line, None if empty else event.value, event.value)
        elif isinstance(event, yaml.SequenceStartEvent):
            items = list(self.until(yaml.SequenceEndEvent, depth + 1))
            made = _List(line, items=items)
            made.holds(items)
        else:
            nodes = list(self.until(yaml.MappingEndEvent, depth + 1))
            made = _Group(line, pairs=list(zip(nodes[::2], nodes[1::2], strict=True)))
            made.holds(nodes)
        if event.anchor:
            self.anchors[event.anchor] = made
        return made

    def until(self, end: type, depth: int) -> Iterator[_Node]:
        while not isinstance(event := next(self.events), end):
            yield self.node(event, depth)

    def named(self, anchor: str, line: int) -> _Node:
        if anchor not in self.anchors:
            raise _only(line, f"an anchor &{shown(anchor)} finished above", quoted(f"*{anchor}"))
        return self.anchors[anchor]

    def bounded(self, node: _Node, line: int, depth: int) -> _Node:
        """Count a node and all that an alias repeats with it: a few lines must not unfold into billions."""
        self.room -= node.size
        if self.room < 0:
            raise _only(line, f"at most {MAX_VALUES:,} values, aliases counted as often as they are used", "more")
        if depth + node.height - 1 > MAX_DEPTH:
            raise _only(line, f"groups and lists nested at most {MAX_DEPTH} deep", "more")
        return node


def _unroll(top: _Group) -> Marked:
    lines = {"": top.line}
    findings = Findings(lines)
    return Marked(_fields(top, "", lines, findings), lines, tuple(findings.problems))


def _plain(node: _Node, path: str, lines: dict[str, int], findings: Findings) -> Any:
    if isinstance(node, _Group):
        return _fields(node, path, lines, findings)
    if not isinstance(node, _List):
        return node.value
    values: list[Any] = []
    for index, item in enumerate(node.items):
        place = f"{path}[{index}]"
        lines[place] = item.line
        values.append(_plain(item, place, lines, findings))
    return values


def _fields(group: _Group, path: str, lines: dict[str, int], findings: Findings) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, node in group.pairs:
        place = f"{path}.{shown(name.text)}" if path else shown(name.text)
        if not name.text:
            got = "a list or a group" if isinstance(name, _List | _Group) else NOTHING
            findings.problems.append(FileProblem(name.line, path, "the name of a field before the colon", got))
        elif name.text in fields:
            got = f"it again (first on line {lines[place]})"
            findings.problems.append(FileProblem(name.line, place, "each field once", got))
        else:
            lines[place] = name.line
            fields[name.text] = _plain(node, place, lines, findings)
    return fields


def _not_yaml(error: yaml.MarkedYAMLError, text: str) -> CompanyProblems:
    said, mark = error.problem or "", error.problem_mark or error.context_mark
    rows = text.split("\n")
    row = rows[mark.line] if mark and mark.line < len(rows) else ""
    if mark and "cannot start any token" in said:
        sign = row[mark.column : mark.column + 1]
        expected = "spaces, not a tab" if sign == "\t" else f"quotes around a text that begins with {sign}"
        return _only(mark.line + 1, expected, quoted(row.strip()))
    for words, expected, by_context in YAML_HINTS:
        if words in said:
            mark = error.context_mark if by_context and error.context_mark else mark
            row = rows[mark.line] if mark and mark.line < len(rows) else ""
            return _only(mark.line + 1 if mark else 1, expected, quoted(row.strip()))
    return _only(mark.line + 1 if mark else 1, "a YAML file", quoted(said))


def _only(line: int, expected: str, got: str) -> CompanyProblems:
    return CompanyProblems((FileProblem(line, "", expected, got),))
