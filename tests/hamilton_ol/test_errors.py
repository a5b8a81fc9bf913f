"""The tree of errors."""

import inspect
import pickle

import pytest

from hamilton_ol import HamiltonOLError, errors

KINDS = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if "Error" in kind.__name__
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_is_one_of_ours_and_named_in_the_tree(kind: type[Exception]) -> None:
    assert issubclass(kind, HamiltonOLError)
    assert kind.__doc__
    assert kind.__name__ in (errors.__doc__ or "")


def test_errors_are_what_python_has_for_such_a_case_too() -> None:
    assert issubclass(errors.SettingError, ValueError)
    assert issubclass(errors.RunNotFoundError, LookupError)
    assert issubclass(errors.AmbiguousRunError, LookupError)


def test_an_error_has_a_hint_or_none() -> None:
    assert errors.StoreError("what", hint="do").hint == "do"
    assert errors.StoreError("what").hint == ""
    assert str(errors.StoreError("what", hint="do")) == "what"


def test_some_errors_know_more() -> None:
    assert errors.RefusedError("no", status=422).status == 422
    assert errors.AmbiguousRunError("several", candidates=["a", "b"]).candidates == ("a", "b")


@pytest.mark.parametrize(
    "error",
    [
        errors.StoreMissingError("what", hint="do"),
        errors.RefusedError("no", status=422, hint="do"),
        errors.AmbiguousRunError("several", candidates=["a"], hint="do"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_can_go_to_another_process(error: HamiltonOLError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))
