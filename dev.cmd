@echo off
rem Marhaba from a checkout on Windows: the same commands as ./dev. Needs Python 3.11 or newer (py launcher) and git.
setlocal
cd /d "%~dp0"
set UV_PROJECT_ENVIRONMENT=%CD%\.venv
if not exist .venv-uv\Scripts\uv.exe (
    py -3 -m venv .venv-uv || exit /b 1
    .venv-uv\Scripts\python -m pip install -q --disable-pip-version-check uv || exit /b 1
)
.venv-uv\Scripts\uv sync --frozen --all-extras --quiet --compile-bytecode || exit /b 1
.venv\Scripts\python -m app.ui.i18n_build || exit /b 1
.venv\Scripts\python -m app.commands.compile_content || exit /b 1
set COMMAND=%1
if "%COMMAND%"=="" set COMMAND=help
for /f "tokens=1,* delims= " %%a in ("%*") do set REST=%%b
if "%COMMAND%"=="setup" exit /b 0
if "%COMMAND%"=="run" ( .venv\Scripts\marhaba %REST% & exit /b )
if "%COMMAND%"=="demo" ( .venv\Scripts\marhaba demo %REST% & exit /b )
if "%COMMAND%"=="test" ( .venv\Scripts\python -m pytest %REST% & exit /b )
if "%COMMAND%"=="bench" ( .venv\Scripts\python -m tests.bench %REST% & exit /b )
if "%COMMAND%"=="build" ( .venv\Scripts\python installer\build.py %REST% & exit /b )
if "%COMMAND%"=="check" (
    .venv\Scripts\ruff check . && .venv\Scripts\ruff format --check . && .venv\Scripts\mypy && .venv\Scripts\lint-imports
    exit /b
)
echo dev.cmd demo ^| run ARGS ^| test ^| check ^| bench ^| build fr^|ar^|en ^| setup
