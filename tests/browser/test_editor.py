"""An editor completes, explains and checks the files of a new handbook, by the schemas that come with it.

The YAML language server, which most editors use, is driven as an editor drives it: ten files of a handbook as
`handbook init` writes it, with the settings that lie in its `.vscode/`.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.browser.node import node_file


class Editor:
    """Speaks with the server as an editor does."""

    def __init__(self, root: Path) -> None:
        self.root = root
        settings = json.loads((root / ".vscode/settings.json").read_text("utf-8"))
        schemas = {(root / schema).as_uri(): files for schema, files in settings["yaml.schemas"].items()}
        self.settings = {
            "yaml": {
                "schemas": schemas,
                "schemaStore": {"enable": False},
                "validate": True,
                "completion": True,
                "hover": True,
            }
        }
        self.server = subprocess.Popen(
            ["node", node_file("yaml-language-server/bin/yaml-language-server"), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.faults: dict[str, list[str]] = {}
        self.number = 0
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}, "hover": {}},
        }
        folder = {"uri": root.as_uri(), "name": "handbook"}
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "workspaceFolders": [folder],
                "capabilities": capabilities,
            },
        )
        self.send({"method": "initialized", "params": {}})
        self.send({"method": "workspace/didChangeConfiguration", "params": {"settings": self.settings}})

    def send(self, message: dict[str, Any]) -> None:
        assert self.server.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def read(self) -> dict[str, Any]:
        assert self.server.stdout is not None
        length = 0
        while line := self.server.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self.server.stdout.read(length))
        if message.get("method") == "workspace/configuration":
            asked = [item.get("section") for item in message["params"]["items"]]
            self.send({"id": message["id"], "result": [self.settings.get(name) for name in asked]})
        elif message.get("method") == "textDocument/publishDiagnostics":
            told = [fault["message"] for fault in message["params"]["diagnostics"]]
            self.faults[message["params"]["uri"]] = told
        elif "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        while True:
            message = self.read()
            if message.get("id") == self.number and "method" not in message:
                return message.get("result")

    def open(self, name: str, text: str) -> str:
        uri = (self.root / name).as_uri()
        self.faults.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def checked(self, name: str, text: str) -> list[str]:
        """What the server says of a file."""
        uri = self.open(name, text)
        while uri not in self.faults:
            self.read()
        self.send({"method": "textDocument/didClose", "params": {"textDocument": {"uri": uri}}})
        return self.faults.pop(uri)

    def at(self, method: str, name: str, text: str, line: int, column: int) -> Any:
        uri = self.open(name, text)
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
        return self.ask(f"textDocument/{method}", place)


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    root = tmp_path_factory.mktemp("editor") / "handbook"
    assert CliRunner().invoke(main, ["init", str(root), "--language", "zh"]).exit_code == 0
    editor = Editor(root)
    yield editor
    editor.server.terminate()
    editor.server.wait()
    for stream in (editor.server.stdin, editor.server.stdout):
        assert stream is not None
        stream.close()


def test_ten_files_of_a_new_handbook_have_no_fault(editor: Editor) -> None:
    files = sorted(path.relative_to(editor.root).as_posix() for path in editor.root.glob("data/**/*.yml"))
    assert len(files) >= 10
    told = {name: editor.checked(name, (editor.root / name).read_text("utf-8")) for name in files[:10]}
    assert {name: faults for name, faults in told.items() if faults} == {}


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("data/indicators/a.yml", "id: a\nname: A\ndirectoin: lower\n", "directoin"),
        ("data/indicators/e.yml", "id: e\nname: E\ndirection: lowr\n", "lower"),
        ("data/pilots/a.yml", "id: a\npack: none\n", "array"),
    ],
)
def test_what_is_wrong_is_underlined(editor: Editor, name: str, text: str, word: str) -> None:
    assert any(word in fault for fault in editor.checked(name, text))


def test_keys_and_values_are_completed(editor: Editor) -> None:
    keys = editor.at("completion", "data/indicators/b.yml", "id: b\nname: B\nguard\n", 2, 5)
    assert "guardrails" in {item["label"] for item in keys["items"]}
    values = editor.at("completion", "data/indicators/c.yml", "id: c\nname: C\ndirection: \n", 2, 11)
    assert {"higher", "lower", "range"} <= {item["label"] for item in values["items"]}


def test_a_key_is_explained(editor: Editor) -> None:
    told = editor.at("hover", "data/indicators/d.yml", "id: d\nname: D\nrollup: mean\n", 2, 2)
    contents = told["contents"]
    assert "How a longer period is made" in (
        contents["value"] if isinstance(contents, dict) else str(contents)
    )
