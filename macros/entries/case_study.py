"""A case study: what one government did, and what came of it."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Entry, Part, Period, Section
from .fields import (
    ActionRef,
    CaseStudyRef,
    ChallengeRef,
    GovernmentRef,
    IsoDate,
    Line,
    OrganisationRef,
    PracticeRef,
    Term,
    Text,
)


class Application(Part):
    """One step of the adoption trail: a practice as this government applied it."""

    practice: PracticeRef = Field(description="Id of the practice.", examples=["pooled-procurement"])
    changed: Text | None = Field(
        None,
        description="What this government did differently, in a sentence or two.",
        examples=["Left out private buyers."],
    )
    result: Text | None = Field(None, description="What came of it, in a sentence.", examples=["Prices fell; one tender failed."])
    adapted_from: CaseStudyRef | None = Field(None, description="Id of the case it learnt from, where that is known.", examples=["earlier-case"])


class CaseStudy(Entry):
    """One government's experience, told as fairly where it failed as where it worked."""

    kind: ClassVar[str] = "case-study"
    folder: ClassVar[str] = "case-studies"
    offered: ClassVar[bool] = True
    review_months: ClassVar[int] = 12
    publishers: ClassVar[int] = 2
    short: ClassVar[tuple[str, ...]] = (
        "title", "summary", "governments", "period", "state", "evidence", "instruments", "What was done", "What happened", "sources",
    )  # fmt: skip
    sections: ClassVar[tuple[Section, ...]] = (
        Section("The situation", "Where this government stood, and what it wanted to change."),
        Section("What was done", "The measures, with dates.", card=True),
        Section("What happened", "Results with figures, years and sources; targets are not results."),
        Section("What worked", "What helped, and how we know."),
        Section("What went wrong", "Failures, reversals, side effects and what is disputed.", card=True),
        Section("What a peer should change", "Advice to a government that wants to do the same."),
        Section("Questions for discussion", "Questions that a workshop can use.", required=False, card=True),
    )

    governments: tuple[GovernmentRef, ...] = Field(
        min_length=1,
        description="Ids of the governments whose experience this is, the main one first.",
        examples=[["aa"]],
    )
    place: Line | None = Field(None, description="The place, if it is smaller than the government.", examples=["Old town"])
    period: Period = Field(description="When it was done.")
    state: Annotated[str, Term("case-states")] = Field(description="How the measure stands today.", examples=["in-force"])
    state_checked: IsoDate = Field(description="The day the state was last checked.", examples=["2026-11-21"])
    state_note: Line | None = Field(None, description="What the state alone does not say.", examples=["Extended to March 2028."])
    evidence: Annotated[str, Term("evidence")] = Field(description="How well its results are shown.", examples=["official-data"])
    applies: tuple[Application, ...] = Field((), description="The practices it applied, and what it changed in each.")
    instruments: tuple[Annotated[str, Term("instruments")], ...] = Field(min_length=1, description="The kinds of measure used.", examples=[["grant"]])
    levels: tuple[Annotated[str, Term("levels")], ...] = Field(
        min_length=1, description="The levels of government that acted.", examples=[["national", "city"]]
    )
    segments: tuple[Annotated[str, Term("segments")], ...] = Field(
        (), description="What it applied to; leave it out if it applied to all.", examples=[["first-segment"]]
    )
    challenges: tuple[ChallengeRef, ...] = Field((), description="Ids of the challenges it met.", examples=[["slow-permits"]])
    actions: tuple[ActionRef, ...] = Field((), description="Ids of the commitments it serves.", examples=[["joint-action"]])
    organisations: tuple[OrganisationRef, ...] = Field((), description="Ids of organisations that helped or ran it.", examples=[["development-bank"]])
