"""The recipe of training: its steps fit together, it goes on where it was stopped, and replaces files at the end only."""

import gzip
import json
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def recipe(training):
    return training("recipe")


@pytest.fixture
def corpus(tmp_path):
    """Thirty training and ten development reports, of which two of each file of links tell of one event."""
    folder = tmp_path / "corpus"
    (folder / "public").mkdir(parents=True)

    def write(name, rows):
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")

    for stem, count in (("train", 40), ("dev", 10)):
        names = [f"{stem}{n:02}" for n in range(count)]
        write(f"{stem}.docs.jsonl", [{"doc": name, "text": "Shells hit it."} for name in names])
        write(f"{stem}.gold.jsonl", [{"doc": name, "claims": []} for name in names])
    for n, name in enumerate(("train.links.jsonl", "train2.links.jsonl", "train3.links.jsonl")):
        mine = [f"train{30 + 3 * n + k:02}" for k in range(3)]
        many = [f"train{k:02}" for k in range(20, 30)]
        write(name, [{"documents": mine + many}, *({"link": d, "events": [[mine[0], "e1"], [d, "e1"]]} for d in mine + many)])
    for name in ("unlabelled", "satp_train"):
        with gzip.open(folder / "public" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps({"text": f"Text {n}."}) + "\n" for n in range(100))
    return folder


def value(command, option):
    """What a command gives an option, each time that it does."""
    return [after for name, after in pairwise(command) if name == option]


def test_a_step_reads_only_what_those_that_it_comes_after_make(recipe, tmp_path):
    work, package = tmp_path / "work", tmp_path / "package"
    before, made = {}, {}
    for step in recipe.steps(tmp_path / "corpus", work, package, quick=False):
        assert set(step.after) <= set(before), step.name
        before[step.name] = {step.name}.union(*(before[name] for name in step.after))
        there = {tmp_path / "corpus"}.union(*(made[name] for name in before[step.name] if name != step.name))
        for option in ("--corpus", "--init", "--taught", "--network", "--state"):
            for path in map(Path, value(step.command, option)):
                assert path in there or path.parent in there, (step.name, path)
        if step.command[0] in {"train.teach", "train.tune"}:
            assert {Path(x) for x in value(step.command, "--model")} <= there
        made[step.name] = {Path(x) for x in value(step.command, "--out")}


def test_every_step_is_a_module_with_the_options_that_it_is_given(recipe, tmp_path):
    for step in recipe.steps(tmp_path, tmp_path, tmp_path, quick=True):
        source = (ROOT / "train" / f"{step.command[0].removeprefix('train.')}.py").read_text("utf-8")
        for option in (word for word in step.command if word.startswith("--")):
            assert f'add_argument("{option}"' in source, (step.name, option)


def test_quick_the_steps_are_the_same_and_every_network_goes_once_through_its_reports(recipe, tmp_path):
    whole, quick = (recipe.steps(tmp_path, tmp_path, tmp_path, quick=q) for q in (False, True))
    assert [(s.name, s.command[0]) for s in whole] == [(s.name, s.command[0]) for s in quick]
    assert {e for s in quick for e in value(s.command, "--epochs")} == {"1"}
    assert all(int(e) > 1 for s in whole for e in value(s.command, "--epochs"))


def test_the_whole_recipe_writes_every_fitted_file_of_the_copy(recipe, tmp_path):
    package = tmp_path / "package"
    outs = [Path(x) for s in recipe.steps(tmp_path, tmp_path / "work", package, quick=False) for x in value(s.command, "--out")]
    own = [out for out in outs if out.is_relative_to(package) and out != package]
    by_links = {"extract/data/events.json", "reconcile/data/weights.json"}
    assert package in outs
    assert all(any((package / name).is_relative_to(out) for out in own) for name in set(recipe.FITTED) - by_links)


def test_all_that_findings_are_fitted_for_is_put_back(recipe):
    from train.findings import TASKS

    assert {f"extract/data/{task}.json" for task in TASKS} <= set(recipe.FITTED)


def test_no_step_writes_outside_its_folders(recipe, tmp_path):
    inside = tmp_path / "work"
    for step in recipe.steps(tmp_path / "corpus", inside, inside / "package", quick=True):
        written = value(step.command, "--out") or value(step.command, "--model")
        assert written, step.name
        assert all(Path(x).is_relative_to(inside) for x in written)


def test_the_package_has_every_fitted_file(recipe):
    assert [name for name in recipe.FITTED if not (recipe.PACKAGE / name).exists()] == []


@pytest.fixture
def three(recipe):
    """Three steps, of which the last comes after the first."""
    return [recipe.Step(name, (f"train.{name}", "--x", "1"), after) for name, after in (("a", ()), ("b", ()), ("c", ("a",)))]


def test_the_diary_keeps_what_is_done_and_forgets_what_comes_after_a_change(recipe, three, tmp_path):
    diary = recipe.Diary(tmp_path / "work" / "done.json")
    assert diary.agree(three)
    for step, seconds in zip(three, (1.04, 2.0, 3.0), strict=True):
        diary.add(step, seconds)
    again = recipe.Diary(tmp_path / "work" / "done.json")
    assert again.agree(three)
    assert [seconds for _, seconds in again.done.values()] == [1.0, 2.0, 3.0]
    changed = recipe.Step("a", ("train.a", "--x", "2"), ())
    assert not again.agree([changed, *three[1:]])
    assert list(again.done) == list(recipe.Diary(tmp_path / "work" / "done.json").done) == ["b"]


def test_a_step_waits_for_those_that_it_comes_after_and_no_longer(recipe, three, tmp_path, monkeypatch):
    taken, running, most = [], set(), []
    both = threading.Barrier(2, timeout=20)

    def take(step, path, log):
        running.add(step.name)
        if step.name != "c":
            both.wait()  # both are begun before one is done
        most.append(len(running))
        running.remove(step.name)
        taken.append(step.name)
        return 1.0

    monkeypatch.setattr(recipe, "take", take)
    diary = recipe.Diary(tmp_path / "done.json")
    recipe.take_all(three, diary, tmp_path, tmp_path / "log")
    assert set(diary.done) == {"a", "b", "c"}
    assert taken.index("a") < taken.index("c")
    assert max(most) == recipe.SIDE_BY_SIDE == 2
    recipe.take_all(three, diary, tmp_path, tmp_path / "log")
    assert len(taken) == 3


def test_where_a_step_fails_the_other_is_noted_and_nothing_more_begun(recipe, three, tmp_path, monkeypatch):
    failed = threading.Event()

    def take(step, path, log):
        if step.name == "a":
            failed.set()
            raise SystemExit("a failed")
        assert failed.wait(20)
        time.sleep(0.05)
        return 1.0

    monkeypatch.setattr(recipe, "take", take)
    diary = recipe.Diary(tmp_path / "done.json")
    with pytest.raises(SystemExit, match="a failed"):
        recipe.take_all(three, diary, tmp_path, tmp_path / "log")
    assert list(recipe.Diary(tmp_path / "done.json").done) == ["b"]


def test_a_copy_that_goes_on_keeps_what_was_fitted_and_takes_new_code(recipe, tmp_path):
    package, copy = tmp_path / "package", tmp_path / "copy"
    fitted, code = recipe.FITTED[0], "engine.py"
    (package / fitted).parent.mkdir(parents=True)
    (package / fitted).write_text("packaged")
    (package / code).write_text("old")
    recipe.copy_package(package, copy, keep=False)
    (copy / fitted).write_text("fitted")
    (package / code).write_text("new")
    recipe.copy_package(package, copy, keep=True)
    assert ((copy / fitted).read_text(), (copy / code).read_text()) == ("fitted", "new")
    recipe.copy_package(package, copy, keep=False)
    assert (copy / fitted).read_text() == "packaged"


def test_what_was_fitted_replaces_the_packaged_files(recipe, tmp_path):
    package, copy = tmp_path / "package", tmp_path / "copy"
    for folder, words in ((package, "old"), (copy, "new")):
        for name in recipe.FITTED:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("same" if name == recipe.FITTED[2] else words)
    assert set(recipe.put_back(copy, package)) == set(recipe.FITTED) - {recipe.FITTED[2]}
    assert all((package / name).read_bytes() == (copy / name).read_bytes() for name in recipe.FITTED)


def test_a_small_corpus_has_linked_reports_with_their_records_and_few_texts(recipe, corpus, tmp_path):
    from train import small

    small.write_small(corpus, tmp_path / "small")
    documents = [row["doc"] for row in small.lines(tmp_path / "small" / "train.docs.jsonl")]
    assert len(documents) == small.TRAINING
    assert [row["doc"] for row in small.lines(tmp_path / "small" / "train.gold.jsonl")] == documents
    assert len(small.lines(tmp_path / "small" / "dev.gold.jsonl")) == small.DEVELOPMENT
    for name in small.LINKS:
        head, *links = small.lines(tmp_path / "small" / name)
        assert small.LINKED <= len(head["documents"]) < 13
        assert {d for link in links for d, _ in link["events"]} == set(head["documents"]) <= set(documents)
        assert any(len(link["events"]) > 1 for link in links)
    with gzip.open(tmp_path / "small" / "public" / "unlabelled.jsonl.gz", "rt") as rows:
        assert len(list(rows)) == small.TEXTS


def run(*arguments):
    command = [sys.executable, "-m", "train.recipe", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_without_a_corpus_it_says_where_it_looked(tmp_path):
    done = run("--corpus", tmp_path / "nowhere", "--work", tmp_path / "work")
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert not (tmp_path / "work").exists()


def test_a_step_that_fails_ends_it_with_the_end_of_what_it_printed(recipe, tmp_path, capsys):
    step = recipe.Step("no such", ("train.no_such", "--x"), ())
    with pytest.raises(SystemExit, match="no such failed"):
        recipe.take(step, tmp_path, tmp_path / "log" / "01.txt")
    assert "No module named train.no_such" in capsys.readouterr().err
