"""A coalition's calendar: whole days, stable uids, no clock, and nothing that would block a day by guess."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from macros.project import load
from macros.views.calendar import calendar, calendar_files, dated, has_days
from macros.views.coalition_work import contact, programme_by_date
from macros.views.site import Site
from tests.conftest import POOL_DAY, ROOT, own_site


@pytest.fixture(scope="module")
def site() -> Site:
    return own_site()


def events(content: bytes) -> list[tuple[str, date, date, str]]:
    return [
        (str(event["uid"]), event.decoded("dtstart"), event.decoded("dtend"), str(event["summary"]))
        for event in Calendar.from_ical(content).walk("VEVENT")
    ]  # fmt: skip


def test_a_month_is_the_whole_month_and_says_that_the_day_is_not_known(site: Site) -> None:
    found = {uid: rest for uid, *rest in events(calendar(dated(site.catalogue.by_id["lg-cta"], site), "Name", site))}
    host = site.settings.site_url.split("//")[1].split(":")[0].rstrip("/")
    assert found[f"lg-cta-technical-workshops-2024.alp-forum@{host}"] == [
        date(2024, 8, 1), date(2024, 9, 1), "LG-CTA technical workshops 2024: ALP Forum (day not known)",
    ]  # fmt: skip


def test_a_day_is_that_day(site: Site) -> None:
    found = [rest for _, *rest in events(calendar(dated(site.catalogue.by_id["zevtc"], site), "Name", site))]
    assert [date(2023, 2, 21), date(2023, 2, 22), "ZEV Country Partnership in India"] in found


def test_what_has_only_a_year_is_left_out_and_counted_on_the_page(site: Site) -> None:
    record = site.catalogue.by_id["zevtc"]
    items = dated(record, site)
    made = events(calendar(items, "Name", site))
    assert len(made) == sum(has_days(item) for item in items)
    assert not {item.title for item in items if len(item.start) == 4} & {title for *_, title in made}
    (block,) = programme_by_date(record, site)
    assert f"; {len(items) - len(made)} of which only the year is known" in block.intro


def test_uids_are_unique_and_the_stamp_is_the_day_of_review(site: Site) -> None:
    files = list(calendar_files(site))
    assert len(files) > 10
    for file in files:
        found = Calendar.from_ical(file.content).walk("VEVENT")
        assert len({str(event["uid"]) for event in found}) == len(found)
        owners = {str(event["uid"]).partition(".")[0]: event.decoded("dtstamp") for event in found}
        for owner, stamp in owners.items():
            assert stamp == datetime.combine(site.catalogue.by_id[owner].entry.reviewed, datetime.min.time(), UTC)


def test_the_same_content_gives_the_same_calendars(site: Site) -> None:
    assert list(calendar_files(site)) == list(calendar_files(load(ROOT, POOL_DAY).site()))


def test_the_ways_to_a_coalition_are_public_addresses(site: Site) -> None:
    (block,) = contact(site.catalogue.by_id["lg-cta"], site)
    assert block.links[0].url == "https://asialedspartnership.org/lg-cta"
    assert not any("@" in link.url for link in block.links)
