"""Field types that every kind of entry shares: ids, references, terms, dates, addresses.

A reference or a term is a plain string in front matter. What it may point at stands in its
annotation, so that the check, the catalogue, the JSON Schema and the field reference all read the
same place.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ID_MAX = 80
# Names that Windows keeps for devices: a file or folder of that name cannot be made there.
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))})
# A host in plain letters: no name or password before it, none of the letters that look like others, no end without a dot.
_ADDRESS = re.compile(
    r"(?-i:https?)://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+|[0-9]+)\.?(?::[0-9]{1,5})?(?:[/?#][^\s<>\"\\^`{|}]*)?", re.I
)


@dataclass(frozen=True)
class Reference:
    """Marks a string as the id of another entry; `kinds` are the kinds it may be, empty for any."""

    kinds: tuple[str, ...] = ()

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(core), "x-reference": list(self.kinds), "pattern": ID_PATTERN}


@dataclass(frozen=True)
class Term:
    """Marks a string as the id of a term in a vocabulary file of that name."""

    vocabulary: str

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(core), "x-vocabulary": self.vocabulary}


@dataclass(frozen=True)
class SourceKey:
    """Marks a string as a key in the `sources` of the same entry."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(core), "x-source-key": True}


@dataclass(frozen=True)
class CoalitionTerm:
    """Marks a string as `coalition/term`, a term in that coalition's crosswalk."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(core), "x-coalition-term": True}


@dataclass(frozen=True)
class Form:
    """Tells a program that fills in a form what a text must look like, where the schema alone cannot: `partial-date`, `web-address`."""

    name: str

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(core), "x-form": self.name}


def _iso_date(value: Any) -> Any:
    """Take only YYYY-MM-DD; pydantic alone would also read a bare number as seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        raise PydanticCustomError("iso_date", "a date as YYYY-MM-DD")
    return value


def _whole_number(value: Any) -> Any:
    """Take only plain digits; `014`, `1_000` and `12.0` are not what someone means by a number here."""
    if isinstance(value, str) and not re.fullmatch(r"-?(0|[1-9][0-9]*)", value.strip()):
        raise PydanticCustomError("whole_number", "a whole number in plain digits")
    return value


def _partial_date(value: str) -> str:
    if not re.fullmatch(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", value):
        raise PydanticCustomError("partial_date", "a year, month or day as YYYY, YYYY-MM or YYYY-MM-DD")
    if len(value) == 10:
        try:
            date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("partial_date", "a day that exists, as YYYY-MM-DD") from None
    return value


def is_web_address(text: str) -> bool:
    """Whether a text is an address that a reader can go to, and that shows where it leads."""
    return len(text) <= 2000 and _ADDRESS.fullmatch(text) is not None


def _old_id(value: str) -> str:
    if value in RESERVED:
        raise PydanticCustomError("reserved_id", "a name that no system keeps for devices")
    return value


def _web_address(value: str) -> str:
    if not is_web_address(value):
        raise PydanticCustomError("web_address", "a web address that starts with https:// or http://")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\r\n]*$")]
IsoDate = Annotated[date, BeforeValidator(_iso_date)]
PartialDate = Annotated[str, AfterValidator(_partial_date), Form("partial-date")]
Whole = Annotated[int, BeforeValidator(_whole_number)]
Url = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(_web_address), Form("web-address")]
Key = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_MAX)]
OldId = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_MAX), AfterValidator(_old_id)]

AnyRef = Annotated[str, Reference()]
PracticeRef = Annotated[str, Reference(("practice",))]
CaseStudyRef = Annotated[str, Reference(("case-study",))]
ChallengeRef = Annotated[str, Reference(("challenge",))]
ActionRef = Annotated[str, Reference(("action",))]
CoalitionRef = Annotated[str, Reference(("coalition",))]
OrganisationRef = Annotated[str, Reference(("organisation",))]
BodyRef = Annotated[str, Reference(("organisation", "coalition", "government"))]
GovernmentRef = Annotated[str, Reference(("government",))]
ProgrammeRef = Annotated[str, Reference(("programme",))]
TopicRef = Annotated[str, Reference(("topic",))]
SourceRef = Annotated[str, SourceKey()]
TermRef = Annotated[str, CoalitionTerm()]
