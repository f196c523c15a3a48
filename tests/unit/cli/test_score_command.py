import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from marketer_desktop.cli.score import alone

TEXT = "# Red kettles\n\nRed kettles boil fast. They look good.\n"
LINE = {
    "html": "<p>Hi there.</p>",
    "keyphrase": "hi",
    "title": "Hi",
    "titleWidth": 20,
    "slug": "hi",
}


def run(*words: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(alone, [str(word) for word in words])
    return done.exit_code, done.stdout, " ".join(done.stderr.replace("│", " ").split())


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_json(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", TEXT)
    code, out, _ = run(path, "--keyphrase", "red kettles", "--title", "Red kettles", "--json")
    told = json.loads(out)
    assert code == 0
    assert set(told) == {"seo", "readability", "flesch", "reading_time_minutes", "checks"}
    scores = {check["id"]: check["score"] for check in told["checks"]}
    assert (scores["introductionKeyword"], scores["titleWidth"]) == (9, 9)
    place = next(c for c in told["checks"] if c["id"] == "keyphraseDensity")["positions"][0]
    assert TEXT[place["start"] : place["end"]] == place["text"] == "Red"


def test_table(tmp_path: Path) -> None:
    code, out, _ = run(written(tmp_path, "a.html", "<h1>A</h1><h1>B</h1>"))
    assert code == 0
    assert out.startswith("SEO 0 of 100")
    assert "✗ singleH1" in out


def test_batch(tmp_path: Path) -> None:
    lines = [{"id": 1, **LINE}, {"id": "b", "markdown": TEXT, "keyphrase": "kettles"}]
    path = written(tmp_path, "a.jsonl", "\n\n".join(map(json.dumps, lines)))
    code, out, _ = run("--batch", path, "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [one["id"] for one in told] == [1, "b"]
    assert all({"seo", "readability", "flesch", "checks"} < set(one) for one in told)
    width = next(check for check in told[0]["checks"] if check["id"] == "titleWidth")
    assert width["message"] == "The title is 20 pixels wide."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{x", "line 2 is no JSON"),
        ('{"id": 1}', "line 2: give an object with either “html” or “markdown”"),
        ("[]", "line 2: give an object"),
        ('{"html": "x"}', "line 2: id: Field required."),
        ('{"id": 1, "html": 5}', "line 2: html: Input should be a valid string."),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = written(tmp_path, "a.jsonl", json.dumps({"id": 1, **LINE}) + "\n" + line)
    code, out, error = run("--batch", path, "--json")
    assert (code, out) == (2, "")
    assert said.replace("“", "").replace("”", "") in error.replace("“", "").replace("”", "")


def test_wrong_use(tmp_path: Path) -> None:
    assert run()[0] == 2
    assert run(tmp_path / "none.md")[0] == 2
    binary = tmp_path / "a.md"
    binary.write_bytes(b"\xff\xfe\xff")
    code, _, error = run(binary)
    assert code == 2
    assert "UTF-8" in error


def test_nothing_of_the_engine_is_loaded(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", TEXT)
    program = (
        f"import sys; sys.argv = ['marketer', 'score', {str(path)!r}]\n"
        "from marketer_desktop.__main__ import main\n"
        "try: main()\nfinally: print([n for n in ('sqlalchemy', 'langgraph', 'chromadb', 'PySide6',"
        " 'marketer_desktop.bootstrap') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"
