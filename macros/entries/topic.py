"""A topic: one subject of the shared taxonomy."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Entry, Section
from .fields import Line, TopicRef, Whole


class Topic(Entry):
    """A subject that entries are tagged with once, and that each coalition knows under its own terms."""

    kind: ClassVar[str] = "topic"
    folder: ClassVar[str] = "topics"
    review_months: ClassVar[int] = 36
    sections: ClassVar[tuple[Section, ...]] = (
        Section("What it covers", "What belongs here, and what belongs to a neighbouring topic."),
        Section("What we know works", "What the entries of this topic agree on.", required=False),
        Section("Where knowledge is thin", "What is disputed, untried or missing.", required=False),
    )

    parent: TopicRef | None = Field(None, description="Id of the wider topic, if there is one.", examples=["money"])
    order: Annotated[Whole, Field(ge=1, le=999)] | None = Field(None, description="Its place in the list of topics.", examples=[1])
    other_names: tuple[Line, ...] = Field((), description="Other words that people search for.", examples=[["another word"]])
