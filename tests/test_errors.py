"""The tree of errors is as it is drawn: codes, exit statuses and the builtin errors that ours are at once."""

import builtins
import re

import pytest

from warledger import errors
from warledger.errors import WarledgerError

ROW = re.compile(
    r" {4}(?P<lines>[│├└─ ]*)(?P<name>\w+Error)(?: +code +exit +also a| +(?P<code>[a-z-]+) +(?P<exit>\d+)(?: +(?P<also>\w+))?)"
)


def drawn():
    """What the drawing says: by class name, (parent, code, exit status, builtin)."""
    rows, above = {}, []
    for line in errors.__doc__.splitlines():
        found = ROW.fullmatch(line)
        if found is None:
            continue
        depth = len(found["lines"]) // 4
        above[depth:] = [found["name"]]
        parent = above[depth - 1] if depth else ""
        rows[found["name"]] = (parent, found["code"], found["exit"] and int(found["exit"]), found["also"])
    return rows


def classes(root=WarledgerError):
    yield root
    for child in root.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from classes(child)


ALL = sorted(classes(), key=lambda c: c.__name__)


def test_every_class_is_drawn_and_nothing_else():
    defined = {n for n, c in vars(errors).items() if isinstance(c, type)}
    assert set(drawn()) == {c.__name__ for c in ALL} == defined


@pytest.mark.parametrize("error", ALL, ids=lambda c: c.__name__)
def test_a_class_is_as_it_is_drawn(error):
    parent, code, exit_status, also = drawn()[error.__name__]
    if error is WarledgerError:
        assert (error.code, error.exit_status) == ("error", 70)
        return
    assert error.__bases__[0].__name__ == parent
    assert (error.code, error.exit_status) == (code, exit_status)
    assert [b.__name__ for b in error.__bases__[1:]] in ([], [also])
    if also:
        assert issubclass(error, getattr(builtins, also))


def test_codes_are_unique():
    assert len({c.code for c in ALL}) == len(ALL)


def test_a_failure_is_never_success():
    assert all(0 < c.exit_status < 126 for c in ALL)
    assert [c.__name__ for c in ALL if c.exit_status == 1] == ["VerifyError"]


@pytest.mark.parametrize("error", ALL, ids=lambda c: c.__name__)
def test_the_message_is_the_one_given(error):
    assert str(error("the disk's full")) == "the disk's full"
    assert str(error()) == error.code
    with pytest.raises(WarledgerError, match=r"^not here$"):
        raise error("not here")
