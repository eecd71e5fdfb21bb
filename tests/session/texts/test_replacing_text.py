"""Finding and replacing words in the texts of records: one step, one undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.fields import text_fields
from mideditor.domain.record import Entry
from mideditor.session.session import Session
from mideditor.session.texts.replacing_text import (
    FindQuery,
    TextSearch,
    replace_words,
)
from mideditor.session.work import run_now
from mideditor.store.project import StaleStep
from tests.session.chapters import ALASKA, FRAGMENT, TRAINER, imported, reopened


def places(session: Session, wanted: FindQuery) -> list[tuple[int, str, str]]:
    return [
        (hit.record, hit.field, hit.words)
        for hit in TextSearch(session).hits(wanted, session.ids())
    ]


def narrative(session: Session, record: int) -> tuple[str, ...]:
    found = session.record(record)
    assert isinstance(found, Entry)
    return found.narrative


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (FindQuery("border"), ["border"]),
        (FindQuery("ord"), ["ord"]),
        (FindQuery("ord", whole_words=True), []),
        (FindQuery("two"), ["Two"]),
        (FindQuery("note of"), ["note of"]),
        (FindQuery("planes crossed the"), ["planes crossed the"]),
        (FindQuery(".*"), []),
        (FindQuery("ALASKA"), ["Alaska"]),
        (FindQuery("ALASKA", match_case=True), []),
        (FindQuery("last of"), ["last of"]),
        (FindQuery(""), []),
    ],
)
def test_the_words_are_found(tmp_path: Path, wanted: FindQuery, words: list[str]) -> None:
    with imported(tmp_path) as session:
        assert [found for _, _, found in places(session, wanted)] == words


def test_straight_quotation_marks_find_curly_ones(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": ("The king’s “note”.",)}})
        for typed in ("king's", "king’s", '"note"'):
            assert len(places(session, FindQuery(typed))) == 1, typed


def test_coding_changes_are_searched_where_wanted(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        assert places(session, FindQuery("changed")) == []
        assert places(session, FindQuery("changed", fields=text_fields())) == [
            (FRAGMENT, "coding_changes", "changed"),
            (TRAINER, "coding_changes", "changed"),
        ]


def test_a_hit_has_its_offset_in_the_whole_text(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": ("One ship.", "Two ships.")}})
        hits = TextSearch(session).hits(FindQuery("ship"), [ALASKA])
        assert [("One ship.\nTwo ships."[hit.at :][:4], hit.piece) for hit in hits] == [
            ("ship", 0),
            ("ship", 1),
        ]
        assert (hits[1].before, hits[1].after) == ("Two ", "s.")


def test_the_search_follows_edits_and_imports(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        search = TextSearch(session)
        assert len(search.hits(FindQuery("denial"), session.ids())) == 1
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": ("Nothing.",)}})
        assert search.hits(FindQuery("denial"), session.ids()) == []
        session.undo()
        assert len(search.hits(FindQuery("denial"), session.ids())) == 1
        assert len(search.hits(FindQuery("e"), session.ids(), most=3)) == 3


def test_many_records_are_one_step_and_one_undo(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        before = {record: session.record(record) for record in session.ids()}
        hits = TextSearch(session).hits(FindQuery("was"), session.ids())
        step = run_now(
            replace_words(session, hits, "has been", reason="House style", citation="p. 3")
        )
        assert step is not None
        assert (step.kind, step.reason, step.citation) == (
            ChangeKind.CORRECTION,
            "House style",
            "p. 3",
        )
        assert {change.record for change in step.record_changes} == {FRAGMENT, ALASKA, TRAINER}
        assert "of protest has been answered" in narrative(session, ALASKA)[0]
        session.undo()
        assert {record: session.record(record) for record in session.ids()} == before


def test_only_the_given_hits_are_replaced(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": ("a a a", "a")}})
        hits = TextSearch(session).hits(FindQuery("a"), [ALASKA])
        run_now(replace_words(session, [hits[0], hits[2], hits[3]], "bb", reason=""))
        assert narrative(session, ALASKA) == ("bb a bb", "bb")


def test_a_hit_whose_text_has_changed_is_skipped(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        hits = TextSearch(session).hits(FindQuery("denial"), [ALASKA])
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": ("Short.",)}})
        assert run_now(replace_words(session, hits, "x", reason="")) is None
        assert narrative(session, ALASKA) == ("Short.",)


def test_a_paragraph_replaced_by_nothing_is_removed(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": ("One.", "Two.")}})
        hits = TextSearch(session).hits(FindQuery("Two."), [ALASKA])
        run_now(replace_words(session, hits, "", reason=""))
        assert narrative(session, ALASKA) == ("One.",)


def test_a_replaced_sentence_of_the_coding_changes_is_parsed_again(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        wanted = FindQuery("Imposed", fields=("coding_changes",))
        run_now(
            replace_words(
                session, TextSearch(session).hits(wanted, session.ids()), "Unclear", reason=""
            )
        )
        [sentence] = session.printed_changes(TRAINER)
        assert (sentence.field, sentence.text) == ("settlement", "Settlement changed from Unclear.")


def test_cancelled_work_changes_nothing(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        hits = TextSearch(session).hits(FindQuery("was"), session.ids())
        work = replace_words(session, hits, "is", reason="")
        assert next(work) == (1, 3)
        work.close()
        assert len(session.history.steps) == 1


def test_work_during_which_a_step_was_made_is_refused(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        hits = TextSearch(session).hits(FindQuery("was"), session.ids())
        work = replace_words(session, hits, "is", reason="")
        next(work)
        session.edit(
            ChangeKind.CORRECTION, {hits[0].record: {hits[0].field: ("It was otherwise.",)}}
        )
        with pytest.raises(StaleStep, match="changed meanwhile"):
            list(work)
        assert len(session.history.steps) == 2


def test_replacements_are_on_disk(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        hits = TextSearch(session).hits(FindQuery("Alaska"), session.ids())
        run_now(replace_words(session, hits, "Siberia", reason=""))
        with reopened(session) as again:
            assert "coast of Siberia" in narrative(again, ALASKA)[0]
