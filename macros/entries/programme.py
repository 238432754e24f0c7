"""A programme event: a workshop series, a study visit, a forum, a task force."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Entry, Part, Period, Section
from .fields import ActionRef, AnyRef, BodyRef, GovernmentRef, Line, PartialDate, Term, Url


class Item(Part):
    """One theme or event of the series."""

    title: Line = Field(description="Its title, as the programme words it.", examples=["Planning together"])
    entries: tuple[AnyRef, ...] = Field((), description="Ids of entries that prepare or document it.", examples=[["bundle-id"]])
    date: PartialDate | None = Field(None, description="When, if it is known: YYYY, YYYY-MM or YYYY-MM-DD.", examples=["2024-08"])


class Programme(Entry):
    """Something governments take part in to learn from each other."""

    kind: ClassVar[str] = "programme"
    folder: ClassVar[str] = "programme"
    offered: ClassVar[bool] = True
    review_months: ClassVar[int] = 12
    sections: ClassVar[tuple[Section, ...]] = (
        Section("What it is", "What takes place, for whom and why."),
        Section("How it runs", "The format, the hosts, what participants do.", required=False),
        Section("What is known so far", "What took place and what came of it, with sources.", required=False),
    )

    form: Annotated[str, Term("programme-forms")] = Field(description="What sort of event it is.", examples=["workshop-series"])
    state: Annotated[str, Term("programme-states")] = Field(description="Whether it is planned, running or over.", examples=["planned"])
    period: Period = Field(default_factory=Period, description="When it takes place.")
    organisers: tuple[BodyRef, ...] = Field((), description="Ids of the bodies that run it.", examples=[["organisation-id"]])
    partners: tuple[BodyRef, ...] = Field((), description="Ids of other bodies that help.", examples=[["organisation-id"]])
    governments: tuple[GovernmentRef, ...] = Field((), description="Ids of governments that take part.", examples=[["aa"]])
    regions: tuple[Annotated[str, Term("regions")], ...] = Field((), description="Regions it is meant for.", examples=[["region-one"]])
    levels: tuple[Annotated[str, Term("levels")], ...] = Field((), description="Levels of government it is meant for.", examples=[["city"]])
    actions: tuple[ActionRef, ...] = Field((), description="Ids of the commitments it delivers.", examples=[["joint-action"]])
    items: tuple[Item, ...] = Field((), description="Its themes or events.")
    url: Url | None = Field(None, description="Its public page.", examples=["https://www.example.org/workshops"])
