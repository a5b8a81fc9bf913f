"""What single forms know: revisions, tokens that are kept, editors."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer_app.loading.messages import Keyring, References
from explorer_app.qt.editorform import EditorForm
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.marquezform import MarquezForm
from explorer_app.qt.revisionform import LOOKING, NOWHERE, OTHER, RevisionForm
from explorer_app.qt.settings import Settings
from explorer_app.qt.style import Style
from hamilton_ol.sources.references import BRANCH, COMMIT, TAG, Reference
from tests.hamilton_ol.sources.test_references import HOSTILE, run

PATIENCE = 60_000  # ms
HERE = "http://localhost:5000"
FOUND = (
    Reference("main", BRANCH, "2020-01-01T00:00:00+00:00", "first"),
    Reference(HOSTILE, BRANCH, "99999-01-01", HOSTILE),
    Reference("v1.2", TAG, "", "a tag"),
    Reference("0123abc", COMMIT, "2020-01-01T00:00:00Z", "main thing"),
)


@pytest.fixture
def revision(started: Explorer, monkeypatch: pytest.MonkeyPatch) -> RevisionForm:
    """The form, with what a repository has."""
    form = started.forms.revision
    form.pathChosen.disconnect()
    started.actions["open-revision"].trigger()
    assert form.empty.text() == LOOKING
    form.set_references(References(form.path.text(), FOUND))
    return form


def names(form: RevisionForm) -> list[str]:
    model = form.shown_rows
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_branches_tags_and_commits_are_offered_as_text(revision: RevisionForm) -> None:
    assert names(revision) == ["main", "<b>x\\u202ey", "v1.2", "0123abc"]
    assert revision.table.isVisible()
    revision.grab()


def test_what_is_typed_searches_them_and_keys_choose(revision: RevisionForm) -> None:
    QTest.keyClicks(revision.name, "MAIN")
    assert names(revision) == ["main", "0123abc"]
    QTest.keyClick(revision.name, Qt.Key.Key_Down)
    QTest.keyClick(revision.name, Qt.Key.Key_Down)
    assert revision.name.text() == "0123abc"
    assert names(revision) == ["main", "0123abc"]  # what was typed goes on searching
    asked: list[object] = []
    revision.submitted.disconnect()
    revision.submitted.connect(asked.append)
    QTest.keyClick(revision.name, Qt.Key.Key_Return)
    assert asked == [(("git:0123abc", revision.path.text()), "")]


def test_a_click_chooses_the_name_as_it_is(qtbot: QtBot, revision: RevisionForm) -> None:
    at = revision.table.visualRect(revision.shown_rows.index(1, 0)).center()
    qtbot.mouseClick(revision.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert revision.name.text() == HOSTILE


def test_what_git_may_know_all_the_same_can_be_typed(revision: RevisionForm) -> None:
    QTest.keyClicks(revision.name, "HEAD~3")
    assert revision.empty.text() == OTHER
    assert revision.submit.isEnabled()


def test_another_folder_has_other_revisions(
    qtbot: QtBot, started: Explorer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    one, other = (tmp_path_factory.mktemp(name) for name in ("one", "other"))
    run(one, "init", "-q", "-b", "trunk")
    run(one, "commit", "-q", "--allow-empty", "-m", "first")
    form = started.forms.revision
    form.path.setText(str(one))
    with qtbot.waitSignal(started.background.foundReferences, timeout=PATIENCE):
        started.actions["open-revision"].trigger()
    assert names(form)[0] == "trunk"
    form.path.setText(str(other))
    with qtbot.waitSignal(started.background.foundReferences, timeout=PATIENCE):
        form.path.editingFinished.emit()
        assert names(form) == []
    assert form.empty.text() == NOWHERE


@pytest.fixture
def marquez(started: Explorer) -> MarquezForm:
    """The form, which asks no keyring."""
    form = started.forms.marquez
    form.addressed.disconnect()
    form.forgetting.disconnect()
    started.actions["open-marquez"].trigger()
    started.background.close()
    form.url.setText(HERE)
    return form


def test_a_token_that_is_kept_can_be_deleted(qtbot: QtBot, marquez: MarquezForm) -> None:
    gone: list[str] = []
    marquez.forgetting.connect(gone.append)
    assert not marquez.forget.isVisible()
    marquez.set_keyring(Keyring("the keyring", HERE, has_token=True))
    assert "for this server is kept in the keyring" in marquez.kept.text()
    qtbot.mouseClick(marquez.forget, Qt.MouseButton.LeftButton)
    assert gone == [HERE]
    assert marquez.token.hasFocus()
    marquez.set_keyring(Keyring("the keyring", HERE))
    assert marquez.kept.text() == "The token for this server was deleted."
    assert not marquez.forget.isVisible()


def test_a_token_that_a_keyring_does_not_give_up_is_told(marquez: MarquezForm) -> None:
    marquez.set_keyring(Keyring("the keyring", HERE, has_token=True))
    marquez.forget.click()
    marquez.set_keyring(Keyring("the keyring", HERE, has_token=True))
    assert "could not be deleted" in marquez.kept.text()
    assert marquez.forget.isVisible()


def test_what_is_known_of_a_token_is_of_the_address_that_is_typed(marquez: MarquezForm) -> None:
    asked: list[str] = []
    marquez.addressed.connect(asked.append)
    marquez.set_keyring(Keyring("the keyring", HERE, has_token=True))
    QTest.keyClicks(marquez.url, "1")
    assert not marquez.forget.isVisible()
    QTest.keyClick(marquez.url, Qt.Key.Key_Tab)
    assert asked == [f"{HERE}1"]
    marquez.set_keyring(Keyring("the keyring", HERE, has_token=True))
    assert not marquez.forget.isVisible()


def test_a_token_that_only_the_window_knows_is_forgotten_too(
    qtbot: QtBot, started: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    started.opening.tokens.given((f"marquez:{HERE}",), "hunter2")
    form = started.forms.marquez
    form.url.setText(HERE)
    with qtbot.waitSignal(started.background.foundKeyring, timeout=PATIENCE):
        started.actions["open-marquez"].trigger()
    assert "until you close this window" in form.kept.text()
    with qtbot.waitSignal(started.background.foundKeyring, timeout=PATIENCE):
        form.forget.click()
    assert HERE not in started.opening.tokens
    assert form.kept.text() == "The token for this server was deleted."


@pytest.fixture
def editor(qtbot: QtBot, started: Explorer, settings: Settings) -> EditorForm:
    """The form on a computer that has one program."""

    def find(program: str) -> str | None:
        return "/bin/code" if program == "code" else None

    form = EditorForm(Style("light"), started.window, settings, find)
    form.open()
    return form


def test_the_editor_shows_what_is_run_and_is_kept(editor: EditorForm, settings: Settings) -> None:
    editor.command.setText("code -n")
    assert editor.becomes.text() == "Runs code -n --goto flow.py:12."
    QTest.keyClick(editor.command, Qt.Key.Key_Return)
    assert settings.editor == "code -n"
    assert not editor.isVisible()


@pytest.mark.parametrize(
    ("typed", "said"), [("gone", "no program called gone"), ("co'de", "no command")]
)
def test_an_editor_that_cannot_be_started_is_not_kept(
    editor: EditorForm, settings: Settings, typed: str, said: str
) -> None:
    editor.command.setText(typed)
    editor.send()
    assert said in editor.said.text()
    assert editor.hint.text()
    assert settings.editor == ""
    assert editor.isVisible()


def test_no_editor_is_that_of_the_environment(
    editor: EditorForm, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "nano")
    settings.editor = "code"
    editor.open()
    editor.command.setText("")
    assert editor.becomes.text() == "Runs nano +12 flow.py, as $VISUAL or $EDITOR says."
    editor.send()
    assert settings.editor == ""
