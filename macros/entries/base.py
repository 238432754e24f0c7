"""What every entry has, whatever its kind: the shared front matter and the rules of its body.

The descriptions here are the reference that contributors read: the site's field reference, the JSON
Schemas and the messages of the check are made from them.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .fields import (
    AnyRef,
    CoalitionRef,
    IsoDate,
    Key,
    Line,
    OldId,
    PartialDate,
    SourceRef,
    Term,
    TermRef,
    Text,
    TopicRef,
    Url,
    Whole,
)

SUMMARY_MAX = 240
SUMMARY_CARD = 200


class Part(BaseModel):
    """A group of fields inside an entry; unknown fields are refused, so that a slip of the pen shows."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Contributor(Part):
    """Someone to thank."""

    name: Line = Field(description="The person's name as they want it shown.", examples=["Name Surname"])
    organisation: Line | None = Field(
        None,
        description="Where they work; leave it out if they speak for themselves.",
        examples=["Ministry of Transport"],
    )
    role: Line = Field("author", description="What they did for this entry.", examples=["author", "reviewer"])


class Citation(Part):
    """Something a reader can go and check."""

    title: Line = Field(description="The title as printed on the source.", examples=["Annual outlook 2026"])
    publisher: Line = Field(description="Who published it.", examples=["Name of the agency"])
    year: Annotated[Whole, Field(ge=1900, le=2100)] | None = Field(
        None, description="The year it was published; leave it out if the source shows no date.", examples=[2026]
    )
    url: Url | None = Field(
        None,
        description="Where to read it. Leave it out only if it has no public address.",
        examples=["https://www.example.org/outlook-2026"],
    )
    archived: Url | None = Field(
        None,
        description="A copy that an archive keeps, for the day on which the address no longer answers.",
        examples=["https://web.archive.org/web/2026/https://www.example.org/outlook-2026"],
    )
    type: Annotated[str, Term("source-types")] = Field(description="What sort of source it is.", examples=["report"])
    note: Line | None = Field(
        None,
        description="What a reader should know about it: a repost, an inferred date, a part of a longer document.",
        examples=["The page shows no date; the year is read from its content."],
    )


class KeyFigure(Part):
    """One number that a reader may quote, with its year and its source."""

    claim: Line = Field(description="What the figure says, without the number.", examples=["Households reached"])
    value: Line = Field(description="The number with its unit, as the source has it.", examples=["7.7%", "about 1.96 million"])
    year: Annotated[Whole, Field(ge=1900, le=2100)] = Field(
        description="The year the figure is about, or the year it is aimed at if it is a target.", examples=[2024]
    )
    kind: Annotated[str, Term("figure-kinds")] = Field(
        description="Whether it happened, is aimed at, promised, planned or estimated.", examples=["result"]
    )
    source: SourceRef = Field(description="The key of the source in `sources`.", examples=["outlook-2026"])
    note: Line | None = Field(None, description="A limit of the figure that must travel with it.", examples=["Fiscal year 2024-25."])


class Quotation(Part):
    """Official wording, kept word for word and marked as a quotation."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=700)] = Field(
        description="The words of the document, unchanged and short.",
        examples=["Affordable and accessible in all regions"],
    )
    source: SourceRef = Field(description="The key of the source in `sources`.", examples=["action-plan"])
    part: Line | None = Field(None, description="Which part of the document the words stand in.", examples=["Priority action", "Goal"])


@dataclass(frozen=True)
class Section:
    """A prescribed `## heading` in the body, with what belongs under it.

    `card` says that it stands on the back of a card, `steps` that a numbered list in it tells what to do, step by step.
    """

    title: str
    purpose: str
    required: bool = True
    card: bool = False
    steps: bool = False


class Entry(Part):
    """Front matter that all kinds share."""

    kind: ClassVar[str]
    folder: ClassVar[str]
    review_months: ClassVar[int] = 24
    # Whether outsiders are asked to add entries of this kind: the form and `commons new` offer those first.
    offered: ClassVar[bool] = False
    # From how many publishers its sources must come at least, so that they do not all depend on each other.
    publishers: ClassVar[int] = 0
    # The fields and sections of the short way in, where there is one: all else is left to an editor.
    short: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[tuple[Section, ...]] = ()

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\r\n]*$")] = Field(
        description="A short, plain name; sentence case, no full stop.", examples=["Pooled procurement"]
    )
    summary: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=SUMMARY_MAX, pattern=r"^[^\r\n]*$")] = Field(
        description=f"One sentence that tells a busy reader whether this is for them; at most {SUMMARY_MAX} characters.",
        examples=["Several cities buy together, so that suppliers bid for one large order at a lower price."],
    )
    status: Literal["draft", "published", "retired"] = Field(
        "published",
        description="`draft` is marked and left out of lists, `published` is shown, `retired` keeps its page and says what replaced it.",
        examples=["published"],
    )
    topics: tuple[TopicRef, ...] = Field(
        (),
        description="Ids of the topics it belongs to, the most important first.",
        examples=[["money", "standards"]],
    )
    coalitions: tuple[CoalitionRef, ...] = Field(
        (), description="Ids of the coalitions that it comes from or that work on it.", examples=[["clean-alliance"]]
    )
    terms: tuple[TermRef, ...] = Field(
        (),
        description="Only where a coalition itself files this under one of its own terms: `coalition/term`. All other terms follow from the topics.",
        examples=[["clean-alliance/money"]],
    )
    published: IsoDate = Field(description="The day it first appeared here.", examples=["2026-11-21"])
    reviewed: IsoDate = Field(description="The day someone last checked that it still holds.", examples=["2026-11-21"])
    owner: Line = Field(description="The team that keeps it right; questions go to them.", examples=["Editors of the pool"])
    contributors: tuple[Contributor, ...] = Field((), description="People to thank, with their consent.")
    sources: dict[Key, Citation] = Field(
        default_factory=dict,
        description="Where the facts come from, each under a short key that `key_figures` and `[@key]` in the text point to.",
    )
    key_figures: tuple[KeyFigure, ...] = Field((), description="The figures a reader may quote, the strongest first.")
    quotations: tuple[Quotation, ...] = Field((), description="Official wording that must not be changed; keep it short.")
    aliases: tuple[OldId, ...] = Field((), description="Ids that this entry had before; old links lead here.", examples=[["old-id"]])
    related: tuple[AnyRef, ...] = Field((), description="Ids of entries that a reader of this one should see first.", examples=[["first-case"]])
    replaced_by: AnyRef | None = Field(None, description="For a retired entry: the id of the entry to read instead.", examples=["newer-practice"])


class Period(Part):
    """When something began and ended, as exactly as is known."""

    start: PartialDate | None = Field(None, description="When it began: YYYY, YYYY-MM or YYYY-MM-DD.", examples=["2015"])
    end: PartialDate | None = Field(None, description="When it ended; leave it out while it goes on.", examples=["2024-03"])
    note: Line | None = Field(None, description="What the two dates do not say.", examples=["Approved on 11 September 2024."])


class Milestone(Part):
    """A dated step, promised or taken."""

    date: PartialDate = Field(description="When: YYYY, YYYY-MM or YYYY-MM-DD.", examples=["2023-12"])
    text: Text = Field(description="What happens or happened, in one sentence.", examples=["Report due at the summit."])
    kind: Annotated[str, Term("milestone-kinds")] = Field(description="Whether it was promised or has happened.", examples=["due"])
    source: SourceRef = Field(description="The key of the source in `sources`.", examples=["action-plan"])
