"""A PC that signs its addendum and is killed on the way (SIGKILL, as a power cut). Arguments: the backend's address, token, employee id,
the PC's folder, the one-time code, and the point: `before-<call>`, `after-<call>` or `never`.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.contracts import addendum as ad
from app.core.addendum import Act
from app.services.addenda import BackendAddenda
from app.services.backend_api import BackendApi
from app.services.secrets import Secrets
from tests.backend.documents.signer import DRAWN

READING = ad.Reading([ad.PageRead(page, 4.0) for page in range(1, 9)], "2026-11-24T09:00:00Z", "2026-11-24T09:05:00Z")


class Api(BackendApi):
    point = "never"

    def _here(self, name: str, call: Callable[[], Any]) -> Any:
        if self.point == f"before-{name}":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = call()
        if self.point == f"after-{name}":
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    def prepare_signature(self, token: str, document_id: str, request: ad.PrepareRequest) -> ad.Prepared:
        answer: ad.Prepared = self._here("prepare", lambda: super(Api, self).prepare_signature(token, document_id, request))
        return answer

    def finish_signature(self, token: str, document_id: str, request: ad.FinishRequest) -> ad.Finished:
        answer: ad.Finished = self._here("finish", lambda: super(Api, self).finish_signature(token, document_id, request))
        return answer


async def main(url: str, token: str, employee_id: str, folder: str, code: str, point: str) -> str:
    api = Api(url)
    api.point = point
    addenda = BackendAddenda(Path(folder), Secrets(folder), lambda: api, lambda: token, lambda: employee_id)
    resumed = await addenda.resume()
    if resumed is not None:
        return f"resumed {resumed.finished.final_sha256}"
    offer = (await addenda.offer()).offer
    if offer.signed is not None:
        return f"found {offer.signed.final_sha256}"
    document = await addenda.document(offer)
    assert offer.consent is not None
    consent = ad.ConsentGiven(offer.consent.version, "fr")
    signed = await addenda.sign(Act(offer, document, READING, consent, code, DRAWN))
    return f"signed {signed.finished.final_sha256}"


if __name__ == "__main__":
    print(asyncio.run(main(*sys.argv[1:])))
