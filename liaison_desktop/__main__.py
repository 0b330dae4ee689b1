"""The command line: arguments, nothing else. What a command needs is imported when it is asked for."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison_desktop.store import Schema

_FAILED, _UNUSABLE = 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code. Errors are one line on standard error."""
    from liaison_desktop.errors import LiaisonError

    given = sys.argv[1:] if arguments is None else arguments
    if arguments is None:
        _settle_streams()
    if given[:1] == ["tour"]:
        from liaison_desktop.tour.main import main as tour

        return tour(given[1:])
    # These read their arguments themselves.
    wanted = None if given[:1] in (["server"], ["verify"]) else _parser().parse_args(given)
    try:
        if wanted is None:
            if given[0] == "server":
                return _server(given[1:])
            from liaison_desktop.documents.sealing.report import main as verify

            return verify(given[1:])
        if wanted.command == "journal":
            return _journal(wanted.store, wanted.person, wanted.passphrase_stdin)
        if wanted.command == "forms":
            return _forms(wanted.definition, wanted.response)
        if wanted.command == "templates":
            return _templates(wanted.path)
        if wanted.command == "consent-pdf":
            return _consent_pdf(wanted)
        if wanted.command == "evidence":
            return _evidence(wanted.file)
        if wanted.command == "safety":
            return _safety(wanted.file, wanted.to, wanted.passphrase_stdin)
        return _run(wanted.resume)
    except LiaisonError as error:
        return _say(str(error))
    except OSError as error:
        return _say(f"{error.strerror or type(error).__name__}.")
    except KeyboardInterrupt:
        return _say("Stopped.")


def _parser() -> argparse.ArgumentParser:
    from liaison_desktop import __version__

    parser = argparse.ArgumentParser(
        prog="liaison-desktop",
        description="The offline, encrypted desk of medical science liaisons and clinical liaisons. "
        "Without a command it opens its window.",
    )
    parser.add_argument("--version", action="version", version=f"Liaison Desktop {__version__}")
    parser.add_argument("--resume", nargs=2, default=("", ""), metavar=("DOOR", "PAGE"), help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("run", help="open the window")
    commands.add_parser("server", help="the central server: server --help", add_help=False)
    commands.add_parser("tour", help="perform the main job without a screen: tour OUT [--keep]")
    journal = commands.add_parser("journal", help="check a store's journal").add_subparsers(dest="act", required=True)
    verify = journal.add_parser("verify", help="walk every line; exit 1 at the first broken one")
    verify.add_argument("store", type=Path, metavar="STORE", help="the folder of the store, or its .db file")
    verify.add_argument("--passphrase-stdin", action="store_true", help="read the passphrase from standard input")
    verify.add_argument("--person", default="", metavar="NAME", help="whose passphrase it is, if several work there")
    forms = commands.add_parser("forms", help="check a questionnaire").add_subparsers(dest="act", required=True)
    check = forms.add_parser("check", help="print a FHIR OperationOutcome; exit 1 if there is an error in it")
    check.add_argument("definition", type=Path, metavar="DEFINITION", help="a FHIR R4 Questionnaire, JSON or YAML")
    check.add_argument("response", type=Path, nargs="?", metavar="RESPONSE", help="a QuestionnaireResponse")
    words = commands.add_parser("templates", help="check consent forms").add_subparsers(dest="act", required=True)
    lint = words.add_parser("check", help="say in which line what is wrong; exit 1 if a form may not be used")
    lint.add_argument("path", type=Path, nargs="?", metavar="FILE|FOLDER", help="without it, the forms that ship")
    safety = commands.add_parser("safety", help="read a sealed safety report").add_subparsers(dest="act", required=True)
    opening = safety.add_parser("open", help="print the report; no store is needed")
    opening.add_argument("file", type=Path, metavar="FILE", help="the sealed file")
    opening.add_argument("--to", type=Path, metavar="FOLDER", help="write its PDF and JSON into this folder")
    opening.add_argument("--passphrase-stdin", action="store_true", help="read the passphrase from standard input")
    paper = commands.add_parser("consent-pdf", help="make a consent's summary from its record; exit 1 if it is refused")
    paper.add_argument("record", type=Path, metavar="RECORD", help="the canonical record, JSON")
    paper.add_argument("out", type=Path, metavar="OUT", help="the PDF to write")
    paper.add_argument("--large-print", action="store_true", help="16 to 18 points")
    paper.add_argument("--language", choices=("es", "ar", "hi", "zh", "ru", "vi"), default="", help="beside English")
    paper.add_argument("--paper", choices=("letter", "a4"), default="letter", help="letter if nothing is said")
    paper.add_argument("--copy", default="Patient copy", metavar="WORDS", help="whose copy it is, printed at the foot")
    paper.add_argument("--archive", choices=("3a", "1b"), default="3a", help="PDF/A-3a with the record inside, or 1b")
    commands.add_parser("verify", help="check a sealed PDF without a store: verify FILE [--authority CERTIFICATE]")
    evidence = commands.add_parser("evidence", help="check an evidence pack").add_subparsers(dest="act", required=True)
    pack = evidence.add_parser("verify", help="check a pack without a store; exit 1 if anything in it was changed")
    pack.add_argument("file", type=Path, metavar="FILE", help="the pack, a zip or the folder it was unpacked to")
    return parser


def _server(arguments: list[str]) -> int:
    from importlib.util import find_spec

    if find_spec("starlette") is None or find_spec("uvicorn") is None or find_spec("zstandard") is None:
        return _say("The parts of the server are not installed. Install them with: pip install liaison-desktop[server]")
    from liaison_desktop.server.command import main as serve

    return serve(arguments)


def _say(text: str) -> int:
    print(f"liaison-desktop: {' '.join(text.split())}", file=sys.stderr)
    return _UNUSABLE


def _journal(store: Path, person: str, from_stdin: bool) -> int:
    from liaison_desktop.shell.verify_journal import place_of, verify_journal

    place_of(store)
    passphrase = _typed() if from_stdin else _asked()
    verdict = verify_journal(store, passphrase, _schema_of, person)
    print(f"entries    {verdict.entries}\nhead hash  {verdict.head.hex()}")
    if verdict.broken is None:
        print("verified")
        return 0
    print(f"broken     line {verdict.broken.number} of device {verdict.broken.device}: {verdict.broken.fault}")
    return _FAILED


def _safety(path: Path, folder: Path | None, from_stdin: bool) -> int:
    from liaison_desktop.security.sealed_file import open_sealed

    content = path.read_bytes()
    parts = open_sealed(content, _typed() if from_stdin else _asked())
    for name, part in parts.items():
        if folder is not None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / name).write_bytes(part)
        if name.endswith(".json"):
            print(json.dumps(json.loads(part), ensure_ascii=False, indent=2))
    return 0


def _typed() -> str:
    # Bytes that are no text are a wrong passphrase, not an error of ours.
    stream = getattr(sys.stdin, "buffer", None)
    line = stream.readline().decode("utf-8", "surrogateescape") if stream is not None else sys.stdin.readline()
    return str(line).rstrip("\r\n")


def _asked() -> str:
    import getpass

    try:
        return getpass.getpass("Passphrase: ")
    except EOFError:
        return ""


def _settle_streams() -> None:
    """Text in UTF-8 whatever the terminal says, and a bug as one line with its place, not as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.excepthook = _fault


def _fault(kind: type[BaseException], error: BaseException, trace: types.TracebackType | None) -> None:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else ""
    # The message is left out: a record's value may stand in it.
    _say(f"A fault in the application: {kind.__name__}{where}.")


def _schema_of(workspace: str) -> Schema:
    import importlib

    schema: Schema = importlib.import_module(f"liaison_desktop.{workspace}.workspace").SCHEMA
    return schema


def _forms(definition: Path, response: Path | None) -> int:
    from liaison_desktop.questionnaires.checking import check

    code, outcome = check(definition, response)
    print(json.dumps(outcome, ensure_ascii=False, indent=2))
    return code


def _templates(path: Path | None) -> int:
    from liaison_desktop.clinical.consents.actions import check_files, check_folder
    from liaison_desktop.clinical.consents.queries import shipped
    from liaison_desktop.clinical.research.actions.words_files import check_words
    from liaison_desktop.errors import Severity
    from liaison_desktop.paths import resource
    from liaison_desktop.policies import load_policy

    folder, policy = resource("consent_templates"), load_policy("clinical")
    place = folder if path is None else path
    if not place.exists():
        return _say("There is no such file or folder.")
    # A facility's forms stand beside those that ship; these stand by themselves.
    before = () if place.resolve() in (folder.resolve(), *folder.resolve().glob("*.toml")) else shipped()
    checked = (
        check_folder(place, policy, before=before) if place.is_dir() else check_files((place,), policy, before=before)
    )
    if path is None:
        checked = (*checked, *check_words(resource("research_words"), policy))
    if not checked:
        return _say("There is no form in this folder.")
    for one in checked:
        for each in one.complaints:
            word = "warning" if each.severity is Severity.WARN else "error"
            print(f"{one.name}:{each.line}: {word}: {each.message}")
    bad = sum(not one.usable for one in checked)
    print(f"{len(checked)} checked, {bad} may not be used")
    return _FAILED if bad else 0


def _consent_pdf(wanted: argparse.Namespace) -> int:
    from liaison_desktop.clinical.consents.document import document_from_file
    from liaison_desktop.errors import Unprintable, Unreadable

    asked = {"paper": wanted.paper, "large_print": wanted.large_print, "copy_for": wanted.copy}
    try:
        made = document_from_file(wanted.record, wanted.out, wanted.language, archive=wanted.archive, **asked)
    except (Unprintable, Unreadable) as refused:
        _say(str(refused))
        return _FAILED
    print(f"document     {made.document_number}\nfingerprint  {made.fingerprint}\npages        {made.pages}")
    return 0


def _evidence(file: Path) -> int:
    from liaison_desktop.msl.inquiries.document.verifying import verify_evidence

    checked = verify_evidence(file)
    # What a pack says of itself is shown without signs that steer a terminal.
    number = "".join(letter for letter in checked.number if letter.isprintable())[:60]
    print(f"inquiry    {number}\nmanifest   {checked.manifest}")
    for what in checked.changed:
        print(f"changed    {what}")
    if checked.changed:
        return _FAILED
    print(f"journal    {checked.lines} lines\nverified")
    return 0


def _run(resume: tuple[str, str]) -> int:
    from PySide6.QtWidgets import QApplication

    from liaison_desktop import logs, paths
    from liaison_desktop.app import Application
    from liaison_desktop.security.memory import forbid_dumps
    from liaison_desktop.shell import crash
    from liaison_desktop.shell.single import SingleInstance

    forbid_dumps()
    logs.start(paths.log_folder())
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Liaison Desktop")
    home = paths.data_folder()
    single = SingleInstance(home)
    if not single.first:
        single.ring()
        print(f"Liaison Desktop is open already ({single.holder()}); its window comes to the front.")
        return 0

    def replaced(door_key: str, page_key: str) -> None:
        # Python cannot wipe what was read: only another process in place of this one leaves nothing in memory.
        single.release()
        arguments = [sys.executable, "-m", "liaison_desktop", "--resume", door_key, page_key]
        if os.name == "posix":
            os.execv(sys.executable, arguments)
        import subprocess

        subprocess.Popen(arguments)
        os._exit(0)

    application = Application(
        home, settings_folder=paths.config_folder(), after_lock=replaced, pages_ahead=True, paper_apart=True
    )
    crash.install(application.keep_drafts, application.window.say)
    single.listen(application.window.raise_window)
    application.start(*resume)
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
