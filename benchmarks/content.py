"""Our workflow beside the best single prompt, on the starter model; `make bench-content`.

Every brief is written by both, one after the other, and kept in `build/content/results` before the
next begins: a run that was cut off goes on where it stood. A change of the program, of the prompts
or of the briefs makes the kept results worthless, and they are written anew.
"""

import argparse
import asyncio
import hashlib
import json
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import benchmarks.content_environment  # noqa: F401 - before the libraries that read it
from benchmarks.content_briefs import TASKS, Task
from benchmarks.content_documents import write_chapters
from benchmarks.content_sides import ours, single, take_in
from benchmarks.content_table import Result, bars, shared, silent, table
from marketer_desktop.bootstrap.engine import start_engine
from marketer_desktop.settings.settings import Settings

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "content"
SAMPLES = ROOT / "resources" / "samples"
PIECES = 10
# What the results depend on.
SOURCES = ("marketer_desktop", "resources/prompts", "resources/samples", "benchmarks")
KINDS = frozenset({".py", ".md", ".pdf", ".docx"})


def main() -> None:
    """Write what is missing, then print the table; the exit code says whether the bars are met."""
    parser = argparse.ArgumentParser(prog="bench-content")
    parser.add_argument("--briefs", type=int, default=len(TASKS), help="only the first so many")
    tasks = TASKS[: parser.parse_args().briefs]
    results = asyncio.run(_results(tasks))
    text = table(results)
    (BUILD / "table.md").write_text(text, "utf-8")
    _lay_out(results)
    print(text)
    _complain(results)
    missed = [name for name, met in bars(results) if not met]
    print("\n".join(f"MISSED: {name}" for name in missed) or "All bars are met.")
    sys.exit(bool(missed))


async def _results(tasks: Sequence[Task]) -> list[Result]:
    """One a brief, from this run or kept from one that was cut off."""
    version = BUILD / "results" / _version()
    if not version.is_dir():
        shutil.rmtree(version.parent, ignore_errors=True)
        version.mkdir(parents=True)
    kept = {task.name: version / f"{task.name}.json" for task in tasks}
    missing = [task for task in tasks if not kept[task.name].is_file()]
    if missing:
        async for task, result in _written(missing):
            draft = kept[task.name].with_suffix(".part")
            draft.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
            draft.replace(kept[task.name])
    return [json.loads(kept[task.name].read_text("utf-8")) for task in tasks]


def _version() -> str:
    digest = hashlib.sha256()
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            beside = "ui" in path.parts or "cli" in path.parts or "packaging" in path.parts
            other = folder == "benchmarks" and not path.name.startswith("content")
            if path.suffix in KINDS and not beside and not other:
                digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


async def _written(tasks: Sequence[Task]) -> AsyncIterator[tuple[Task, Result]]:
    """Each task with what both sides made of it, in one engine."""
    data = BUILD / "data"
    data.mkdir(parents=True, exist_ok=True)
    chapters = write_chapters(SAMPLES, BUILD / "documents")
    engine = await start_engine(Settings(data_dir=data, model="starter"), _say)
    try:
        numbers = await take_in(engine.parts, chapters)
        for count, task in enumerate(tasks, 1):
            _say(f"{count}/{len(tasks)} {task.name}")
            result: Result = {
                "name": task.name,
                "type": task.brief.type.value,
                "asked": task.brief.words,
                "brief": task.brief.model_dump(mode="json"),
            }
            result["ours"] = await ours(engine.parts, task, chapters)
            _say(_line("ours", result))
            result["single"] = await single(engine.parts, task, numbers)
            _say(_line("single", result))
            yield task, result
    finally:
        await engine.stop()


def _line(side: str, result: Result) -> str:
    told = result[side]
    failed = ", ".join(told["failed"]) or "nothing failed"
    return f"    {side:6} {told['seconds']:4.0f} s, {told['words']} words, {failed}"


def _lay_out(results: list[Result]) -> None:
    """Ten whole pieces to read, the first of the list, and all answers of the single prompt."""
    for folder, side, most in (("pieces", "ours", PIECES), ("single", "single", len(results))):
        target = BUILD / folder
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for number, result in enumerate(results[:most], 1):
            told = {k: result[side].get(k) for k in ("status", "failed", "words", "unresolved")}
            head = json.dumps({**told, "brief": result["brief"]}, ensure_ascii=False)
            extra = _beside(result[side]["piece"]) if side == "ours" else ""
            text = f"<!-- {head} -->\n\n{result[side]['text']}{extra}"
            (target / f"{number:02d}-{result['name']}.md").write_text(text, "utf-8")


def _beside(piece: dict[str, Any]) -> str:
    """What belongs to a piece and is not in its text."""
    names = ("title", "description", "slug", "preview")
    lines = [f"- {name}: {piece[name]}" for name in names if piece.get(name)]
    posts = [f"## Variant: {name}\n\n{text}" for name, text in piece.get("variants", {}).items()]
    return "\n\n".join(["\n\n---\n\n## Beside the text\n", "\n".join(lines), *posts]) + "\n"


def _complain(results: list[Result]) -> None:
    """Say where a bar was missed."""
    for result in results:
        for problem in result["ours"]["failed"]:
            print(f"{result['name']}: {problem}")
        for sentence in result["ours"]["unresolved"]:
            print(f"{result['name']}: unresolvable: {sentence}")
        pairs = zip(_sentences(result), result["ours"]["written"], strict=True)
        for sentence in [text for text, good in pairs if not good]:
            print(f"{result['name']}: nobody wrote: {sentence}")
    for name in silent(results):
        print(f"{name}: its status does not say what its checks say")
    for sentence, names in shared(results).items():
        print(f"{', '.join(names)}: shared: {sentence}")


def _sentences(result: Result) -> list[str]:
    sections = result["ours"]["piece"]["sections"]
    return [s["text"] for section in sections for p in section["paragraphs"] for s in p]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
