"""The employer's side of the addendum: `DATA/documents/company.toml`, or the model that ships with the program."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from app.contracts.problems import ContractError

RESOURCES = next(
    (folder for folder in (Path(__file__).resolve().parents[n] / "resources" for n in (3, 2)) if folder.is_dir()),
    Path(__file__).resolve().parents[3] / "resources",
)
"""Beside the code: in a checkout, else in an installed wheel."""

Words = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Hour = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Count = Annotated[int, msgspec.Meta(ge=0, le=10_000)]


class Employer(msgspec.Struct, forbid_unknown_fields=True):
    name: Words
    name_ar: Words
    address: Words
    address_ar: Words
    register: Words
    register_ar: Words
    ice: Words
    cnss: Words
    representative: Words
    representative_ar: Words
    court: Words
    court_ar: Words
    hr_contact: Words
    verify_url: Annotated[str, msgspec.Meta(max_length=200)] = ""
    """Public address of this backend's verification page, printed beside the signatures; empty: none is printed."""


class Privacy(msgspec.Struct, forbid_unknown_fields=True):
    contact: Words
    cndp_receipt: Words
    call_retention_days: Count
    log_retention_months: Count


class Work(msgspec.Struct, forbid_unknown_fields=True):
    """Figures of the clauses; units are in the names. `hours_week` and `hours_year`: Labour Code 65-99, article 184."""

    hours_week: Annotated[int, msgspec.Meta(ge=1, le=44)]
    hours_year: Annotated[int, msgspec.Meta(ge=1, le=2288)]
    start: Hour
    end: Hour
    break_minutes: Count
    site_days_month: Count
    site_notice_days: Count
    adaptation_weeks: Count
    duration_months: Count
    notice_days: Count
    address_notice_days: Count
    outage_minutes: Count
    return_days: Count
    accident_hours: Count


class Pay(msgspec.Struct, forbid_unknown_fields=True):
    allowance_mad: Count


class Insurance(msgspec.Struct, forbid_unknown_fields=True):
    insurer: Words
    insurer_ar: Words
    policy: Words


class Company(msgspec.Struct, forbid_unknown_fields=True):
    employer: Employer
    privacy: Privacy
    work: Work
    pay: Pay
    insurance: Insurance
    precedence: Literal["fr", "ar"] = "ar"
    """Which version counts where the two differ."""
    reviewed: str = ""
    """Who reviewed the clauses; empty: every page says that it is a model."""
    activities: dict[str, dict[str, int | str]] = {}
    """Keys of `work` that an activity has its own value for."""
    sites_ar: dict[str, str] = {}

    def work_of(self, activity: str) -> Work:
        """Errors: ContractError `company.malformed`."""
        merged = {**msgspec.to_builtins(self.work), **self.activities.get(activity, {})}
        try:
            return msgspec.convert(merged, Work)
        except msgspec.ValidationError as error:
            raise ContractError("company.malformed", f"activities.{activity}: {error}") from error


def company_file(data: Path | None) -> Path:
    """`DATA/documents/company.toml` where there is one, else the model."""
    own = data / "documents" / "company.toml" if data is not None else None
    return own if own is not None and own.is_file() else RESOURCES / "documents" / "company.toml"


def read_company(path: Path) -> Company:
    """Errors: ContractError `company.malformed`, OSError."""
    try:
        company = msgspec.toml.decode(path.read_bytes(), type=Company)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ContractError("company.malformed", f"{path.name}: {error}") from error
    for activity in company.activities:
        company.work_of(activity)
    return company
