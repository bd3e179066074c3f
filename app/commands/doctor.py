"""`marhaba doctor`: the steps' probes without the window, for IT and the helpdesk. Reads only; records and sends nothing."""

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import msgspec

from app.contracts.outcomes import Outcome
from app.contracts.session import SessionState
from app.core.errors import MarhabaError
from app.core.step import Result, StepContext
from app.services import settings as managed
from app.services.content import load_pack
from app.services.journeys import Journeys
from app.services.pairing import TOKEN
from app.services.places import Places
from app.services.secrets import Secrets
from app.steps import catalog
from app.steps.box import check as box
from app.steps.headset import check as headset
from app.steps.vpn import check as vpn
from app.system import detect
from app.system.network import line
from app.ui.resources import resource


def _places(options: argparse.Namespace) -> Places:
    return Places.below(options.profile) if options.profile else Places.of_user()


def _writable(directory: Path) -> bool:
    """Whether a file could be written there; what is not there yet is made below its nearest parent."""
    try:
        nearest = next(path for path in (directory, *directory.parents) if path.exists())
    except (OSError, StopIteration):
        return False
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)


def _program(options: argparse.Namespace) -> dict[str, Any]:
    places = _places(options)
    secrets = Secrets(places.scope)
    secrets.get("doctor")
    return {
        "data": str(places.data),
        "logs": str(places.logs),
        "documents_writable": _writable(places.documents),
        "keyring": "none, secrets stay in memory" if secrets.in_memory else "usable",
    }


def _welcome(_options: argparse.Namespace) -> dict[str, Any]:
    return {language: load_pack(resource("content"), language).notice.version for language in ("fr", "ar", "en")}


def _identity(options: argparse.Namespace) -> dict[str, Any]:
    facts: dict[str, Any] = msgspec.to_builtins(detect.machine().facts())
    facts["source_address"] = line.source_address()
    settings = managed.load(options.settings)
    facts["backend_url"] = settings.backend_url
    if settings.backend_url:
        from app.services.backend_api import BackendApi

        api = BackendApi(settings.backend_url)
        try:
            facts["backend_health_ms"] = round(api.alive() * 1000)
        finally:
            api.close()
    return facts


def _guidelines(_options: argparse.Namespace) -> dict[str, Any]:
    packs = {language: load_pack(resource("content"), language) for language in ("fr", "ar", "en")}
    return {"version": packs["fr"].version, "sha256": packs["fr"].sha256, "questions": {k: len(v.questions) for k, v in packs.items()}}


def _addendum(options: argparse.Namespace) -> dict[str, Any]:
    """What is kept here, and whether the backend offers a document now."""
    from app.services.addendum_folder import kept
    from app.services.backend_api import BackendApi

    places = _places(options)
    secrets = Secrets(places.scope)
    facts: dict[str, Any] = {"kept": kept(places.data / "addendum", secrets), "backend": "not asked: this PC is not paired"}
    settings, token = managed.load(options.settings), secrets.get(TOKEN)
    if settings.backend_url and token:
        api = BackendApi(settings.backend_url)
        try:
            offer = api.addendum(token)
        finally:
            api.close()
        channel = offer.channel.kind if offer.channel else "none"
        facts["backend"] = f"{offer.state} {offer.document_id} {offer.template_version}, {offer.pages} pages, code by {channel}"
    return facts


def _ready(options: argparse.Namespace) -> dict[str, Any]:
    places = _places(options)
    return {"documents": str(places.documents), "exists": places.documents.is_dir()}


def _context(options: argparse.Namespace, **ports: Any) -> StepContext:
    """What a step's check is given here: the journey this PC last verified, and the ports it asks for. Nothing is saved."""
    places, settings = _places(options), managed.load(options.settings)
    secrets = Secrets(places.scope)
    start, content, compiled = resource("content/journeys/start.json"), resource("content"), resource("compiled")
    journeys = Journeys(places.data / "content", settings.journey_key, start, content, compiled)
    unused = cast(Any, None)  # a probe saves nothing, pairs nobody and speaks no language
    context = StepContext(
        state=SessionState,
        journey=lambda: journeys.current,
        content=unused,
        save=unused,
        set_language=unused,
        accept_notice=unused,
        machine=detect.machine(),
        enroller=unused,
        certificates=unused,
        documents=Path(),
        helpdesk_phone=str,
        box_password=(lambda: secrets.get("box-password"), lambda value: secrets.set("box-password", value)),
    )
    return replace(context, **ports)


def _box(options: argparse.Namespace) -> dict[str, Any] | Result:
    """Asked for by name, the whole step, which spends the journey's budget of megabytes; otherwise only what the box says."""
    boxes = detect.box_at(options.box) if options.box else detect.boxes()
    if options.only != "box":
        found = boxes.find()
        return {"gateway": msgspec.to_builtins(boxes.gateway()), "box": msgspec.to_builtins(found.read()) if found is not None else None}
    backend_url = managed.load(options.settings).backend_url
    context = _context(options, boxes=boxes, voice=detect.voice(backend_url) if backend_url else None)
    if options.box:  # whoever names a box asks about that box: its silence is the answer
        for step in context.journey().steps:
            if step.id == box.STEP.id:
                step.limits["required_box"] = True
    return asyncio.run(box.check(context))


def _vpn(options: argparse.Namespace) -> Result:
    """The line, the client and the profile; nobody is asked for a password, so nothing is connected."""
    settings = managed.load(options.settings)
    client = detect.vpn(settings.vpn_profiles, settings.practice_vpn, settings.vpn_words)
    context = _context(options, vpn=client, proof=detect.proof(settings.backend_url))
    if options.only != "vpn" and not context.limits("vpn").get("profile"):
        return Result(Outcome.NOT_APPLICABLE, "vpn.profile_missing", {"journey": context.journey().id})
    return asyncio.run(vpn.check(context))


def _headset(options: argparse.Namespace) -> dict[str, Any] | Result:
    """Which devices there are. Nobody is recorded and nothing is played. By name, also what the step would say of them."""
    from PySide6.QtCore import QCoreApplication

    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    audio = detect.audio(managed.load(options.settings).virtual_headset)
    result = asyncio.run(headset.check(_context(options, audio=audio)))
    found = msgspec.to_builtins(audio.devices())
    del app
    return replace(result, facts={**result.facts, **found}) if options.only == "headset" or result.code == "headset.no_audio" else found


PROBES: dict[str, Callable[[argparse.Namespace], dict[str, Any] | Result]] = {
    "program": _program,
    "welcome": _welcome,
    "box": _box,
    "identity": _identity,
    "vpn": _vpn,
    "headset": _headset,
    "addendum": _addendum,
    "guidelines": _guidelines,
    "ready": _ready,
}


def main(argv: list[str]) -> int:
    """0 when nothing failed; a probe that could not check is not a failure of this PC, and is printed as such."""
    parser = argparse.ArgumentParser(prog="marhaba doctor", description="Run the steps' probes without the window.")
    parser.add_argument("--only", metavar="STEP", choices=["program", *catalog.STEPS], help="one step's probe")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--settings", type=Path)
    parser.add_argument("--box", metavar="URL", default="", help="the 4G box's address; no other is looked for")
    parser.add_argument("--profile", type=Path, metavar="DIR")
    options = parser.parse_args(argv)
    logging.getLogger().addHandler(logging.NullHandler())  # what is wrong stands in the report, once
    report = [_run(name, probe, options) for name, probe in PROBES.items() if options.only in (None, name)]
    if options.json:
        json.dump(report, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        for entry in report:
            print(f"{entry['outcome']:<16} {entry['id']}" + (f"  {entry['code']}" if entry["code"] else ""))
            for key, value in entry["facts"].items():
                print(f"    {key}: {value}")
    return 1 if any(entry["outcome"] == Outcome.FAILED for entry in report) else 0


def _run(name: str, probe: Callable[[argparse.Namespace], dict[str, Any] | Result], options: argparse.Namespace) -> dict[str, Any]:
    try:
        found = probe(options)
        if isinstance(found, Result):
            return {"id": name, "outcome": found.outcome, "code": found.code, "facts": dict(found.facts), "simulated": found.simulated}
        return {"id": name, "outcome": Outcome.PASSED, "code": "", "facts": found}
    except MarhabaError as error:
        unreachable = error.code.startswith(("backend.", "http.", "box."))
        outcome = Outcome.COULD_NOT_CHECK if unreachable else Outcome.FAILED
        return {"id": name, "outcome": outcome, "code": error.code, "facts": error.facts}
    except Exception as error:  # one probe that breaks must not cost the others' answers
        return {
            "id": name,
            "outcome": Outcome.COULD_NOT_CHECK,
            "code": "error.unexpected",
            "facts": {"error": f"{type(error).__name__}: {error}"},
        }
