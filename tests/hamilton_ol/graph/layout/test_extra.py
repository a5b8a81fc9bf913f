import importlib.util
import sys

import pytest

from hamilton_ol.errors import MissingExtraError


@pytest.mark.parametrize("missing", ["numpy", "scipy"])
def test_without_the_extra_the_way_to_it_is_said(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == missing else real(name)
    )
    monkeypatch.delitem(sys.modules, "hamilton_ol.graph.layout", raising=False)
    with pytest.raises(MissingExtraError, match="numpy and scipy") as caught:
        importlib.import_module("hamilton_ol.graph.layout")
    assert caught.value.hint == 'pip install "hamilton-ol[explorer]"'
