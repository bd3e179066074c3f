"""Templates to HTML, always escaped, with the headers every page carries."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.datastructures import Cookie

from app.backend.console.words import NAMES, WORDS, language_of
from app.contracts.languages import Language

HERE = Path(__file__).parent
LANGUAGE_COOKIE = "marhaba_lang"
HEADERS = {
    "Content-Security-Policy": ("default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def language(request: Request[Any, Any, Any]) -> Language:
    return language_of(request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE))


def fragment(name: str, language: Language, **values: Any) -> str:
    return _templates().get_template(name).render(w=WORDS[language], lang=language, **values)


def page(request: Request[Any, Any, Any], name: str, *, status: int = 200, **values: Any) -> Response[str]:
    """A whole page in the language asked for, which is kept in a cookie."""
    chosen = language(request)
    html = fragment(
        name,
        chosen,
        direction="rtl" if chosen == "ar" else "ltr",
        names=NAMES,
        path=request.url.path,
        **values,
    )
    cookies = [Cookie(key=LANGUAGE_COOKIE, value=chosen, path="/console", httponly=True, samesite="strict", max_age=31_536_000)]
    return Response(html, status_code=status, media_type="text/html", headers=HEADERS, cookies=cookies)
