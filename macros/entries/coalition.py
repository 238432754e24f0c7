"""A coalition: who is in it, who runs it, and its own words for our topics."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Entry, Milestone, Part, Section
from .fields import (
    ActionRef,
    BodyRef,
    CoalitionRef,
    GovernmentRef,
    Key,
    Line,
    PartialDate,
    SourceRef,
    Term,
    Text,
    TopicRef,
    Url,
    Whole,
)


class MemberList(Part):
    """A list of members with its date, its source and how complete it is."""

    governments: tuple[GovernmentRef, ...] = Field((), description="Ids of member governments.", examples=[["aa", "bb"]])
    organisations: tuple[BodyRef, ...] = Field((), description="Ids of other members.", examples=[["research-council"]])
    as_of: PartialDate | None = Field(
        None,
        description="The day, month or year the list was true; leave it out if the source shows no date.",
        examples=["2026-08-10"],
    )
    completeness: Annotated[str, Term("completeness")] = Field(description="How complete the list is.", examples=["complete"])
    note: Text | None = Field(None, description="What the list leaves open.", examples=["National governments only."])
    sources: tuple[SourceRef, ...] = Field((), description="Keys of the sources in `sources`.", examples=[["tracker-2026"]])


class EarlierMembers(MemberList):
    """A member list of another date or scope, kept so that change can be seen."""

    label: Line = Field(description="What this list is.", examples=["Founding members"])


class Joining(Part):
    """When governments joined or left."""

    date: PartialDate | None = Field(None, description="When: YYYY, YYYY-MM or YYYY-MM-DD.", examples=["2022-11"])
    event: Line = Field(description="The occasion.", examples=["Second summit"])
    change: Annotated[str, Term("membership-changes")] = Field(description="Whether they joined or left.", examples=["joined"])
    governments: tuple[GovernmentRef, ...] = Field(min_length=1, description="Ids of the governments.", examples=[["cc"]])
    source: SourceRef = Field(description="The key of the source in `sources`.", examples=["release-2022"])


class Partnership(Part):
    """Another body's part in the coalition."""

    body: BodyRef = Field(description="Id of the organisation, coalition or government.", examples=["research-council"])
    role: Annotated[str, Term("organisation-roles")] = Field(description="Its role here.", examples=["host"])
    note: Line | None = Field(None, description="What it does, in a few words.", examples=["Technical support to members."])
    source: SourceRef | None = Field(None, description="The key of the source in `sources`.", examples=["home-page"])


class OwnTerm(Part):
    """One of the coalition's own headings, and which of our topics it covers."""

    id: Key = Field(description="A short id, unique in this coalition.", examples=["money"])
    label: Line = Field(description="The heading, in the coalition's own words.", examples=["Money and markets"])
    topics: tuple[TopicRef, ...] = Field(min_length=1, description="Ids of our topics that it covers.", examples=[["standards"]])
    action: ActionRef | None = Field(None, description="Id of the action of the same heading, if there is one.", examples=["joint-action"])


class Coalition(Entry):
    """A group of governments (and others) that works on the subject together."""

    kind: ClassVar[str] = "coalition"
    folder: ClassVar[str] = "coalitions"
    review_months: ClassVar[int] = 12
    sections: ClassVar[tuple[Section, ...]] = (
        Section("Why it exists", "Its aim and the reasons it gives."),
        Section("How it works", "Who runs it, who takes part, what it does."),
        Section("What we do not know", "Gaps and conflicts in what was found.", required=False),
    )

    short_name: Annotated[Line, Field(max_length=40)] = Field(description="The name people use.", examples=["Clean Alliance"])
    form: Annotated[str, Term("coalition-forms")] = Field(description="What sort of coalition it is.", examples=["political-forum"])
    founded: PartialDate | None = Field(None, description="When it was founded: YYYY, YYYY-MM or YYYY-MM-DD.", examples=["2020-11"])
    former_name: Line | None = Field(None, description="A name it had before.", examples=["Former Partnership"])
    url: Url | None = Field(None, description="Its home page.", examples=["https://www.example.org/"])
    goal: Text | None = Field(None, description="Its goal in one sentence, in our own words.", examples=["Access for all by 2040."])
    part_of: tuple[CoalitionRef, ...] = Field((), description="Ids of coalitions that it belongs to.", examples=[["parent-coalition"]])
    bodies: tuple[Partnership, ...] = Field((), description="Hosts, secretariat, partners and supporters, each with its role.")
    members: MemberList = Field(description="The newest member list that was found.")
    earlier_members: tuple[EarlierMembers, ...] = Field((), description="Other member lists, each with its date.")
    joined: tuple[Joining, ...] = Field((), description="When governments joined or left, where that is known.")
    crosswalk: tuple[OwnTerm, ...] = Field((), description="The coalition's own terms, mapped to our topics.")
    milestones: tuple[Milestone, ...] = Field((), description="Its dated steps, for the timeline.")
    featured: Annotated[Whole, Field(ge=1, le=99)] | None = Field(
        None, description="Its place on the home page; leave it out if it is not shown there.", examples=[1]
    )
