"""Who may see the console: whoever opened it once with the access key. The cookie is derived, so it is not the key."""

import hashlib
import hmac
from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from app.backend.console import rendering
from app.backend.services import services_of

COOKIE = "marhaba_console"


def cookie_value(key: str) -> str:
    return hmac.new(key.encode(), b"marhaba-console-cookie-1", hashlib.sha256).hexdigest()


def require_key(request: Request[Any, Any, Any]) -> Response[Any] | None:
    """Let the request through (None), take the key from the address into a cookie, or answer 401."""
    services = services_of(request)
    given = request.query_params.get("key")
    if given is not None and hmac.compare_digest(given.encode(), services.console_key.encode()):
        language = request.query_params.get("lang")
        target = request.url.path + (f"?lang={language}" if language in ("fr", "ar", "en") else "")
        cookie = Cookie(
            key=COOKIE,
            value=cookie_value(services.console_key),
            path="/console",
            httponly=True,
            samesite="strict",
            secure=services.tls,
            max_age=12 * 3600,
        )
        return Redirect(target, status_code=303, cookies=[cookie], headers=rendering.HEADERS)
    held = request.cookies.get(COOKIE, "")
    if hmac.compare_digest(held.encode(), cookie_value(services.console_key).encode()):
        return None
    return rendering.page(request, "message.html", status=401, title_key="refused_title", text_key="refused_text")
