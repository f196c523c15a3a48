"""`marketer backup` and `marketer restore`, as a person moves house with them."""

import json
from pathlib import Path

from tests.end_to_end.conftest import SAMPLES, Marketer

QUESTION = "How long does the espresso machine warm up?"


def test_all_of_it_moves_to_another_folder(marketer: Marketer, tmp_path: Path) -> None:
    marketer.run("ingest", str(SAMPLES / "product-facts.docx"))
    found = marketer.json("search", QUESTION)["results"]
    file, elsewhere = tmp_path / "all.marketer", marketer.data_dir.with_name("elsewhere")
    made = marketer.json("backup", str(file))
    assert made["path"] == str(file)
    assert made["files"] == 2  # the document and the settings
    marketer.run("backup", str(file), code=1)

    other = Marketer(elsewhere, {"OLLAMA_HOST": "127.0.0.1:9"})
    told = json.loads(
        other.run("--data-dir", str(elsewhere), "restore", str(file), "--json").stdout
    )
    assert (told["rows"], told["files"], told["replaced"]) == (made["rows"], 2, None)
    assert other.json("search", QUESTION)["results"] == found

    file.write_bytes(file.read_bytes()[:-1])
    refused = other.run("restore", str(file), code=1)
    assert "is damaged or was cut off" in refused.stderr
    other.run("restore", code=2)
    assert other.json("search", QUESTION)["results"] == found
