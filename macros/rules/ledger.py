"""What was ever published keeps its address: rules over the whole pool, against its ledger."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from ..ledger import NAME
from ..pool import Pool
from ..problems import Problem, listed
from .scope import at


def permanence(pool: Pool) -> Iterator[Problem]:
    """Addresses that lead nowhere any more, drafts that were published, and what is not in the ledger yet."""
    if pool.ledger is None:
        return
    read = {record.id for record in (*pool.records, *pool.broken)}
    old = {alias for record in (*pool.records, *pool.broken) for alias in record.entry.aliases}
    # The old ids of a file that cannot be read are not known; what it lacks is said first.
    for address, line in pool.ledger.items() if not pool.ids.keys() - read else ():
        id = PurePosixPath(address).name
        if id not in pool.ids and id not in old:
            said = f"'{address}' was published, so it must lead to an entry; found none that has or had this id"
            fix = f"Add `aliases: [{id}]` to the entry that took its place, or bring its file back with `status: retired`."
            yield Problem(pool.ledger_path, line, 1, "ledger-lost", said, fix)
    for record in pool.records:
        if record.entry.status == "draft" and f"{record.entry.folder}/{record.id}" in pool.ledger:
            yield at(
                record, ("status",), "ledger-draft", "an entry that was published must be published or retired; found draft",
                "Write `status: retired` if nobody should use it any more; what is to be changed can be changed while it is published.",
            )  # fmt: skip
    missing = [address for address in addresses(pool) if address not in pool.ledger]
    if missing:
        yield Problem(
            pool.ledger_path, 1, 1, "ledger-missing", f"every published entry should stand in the ledger; not there yet: {listed(missing, 3)}",
            f"Whoever publishes runs `commons ledger` and commits {NAME}; a contributor need not.",
        )  # fmt: skip


def addresses(pool: Pool) -> list[str]:
    """The addresses of all entries that are more than a draft."""
    return [f"{record.entry.folder}/{record.id}" for record in pool.records if record.entry.status != "draft"]
