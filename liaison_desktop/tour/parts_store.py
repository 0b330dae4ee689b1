"""What holds for the stores after the work: the journal verifies, and every row can be made again from it."""

from __future__ import annotations

from liaison_desktop.tour.parts import Part, Stage


def store_parts(stage: Stage) -> tuple[Part, ...]:
    """Journal and rebuild, on the store that is open."""

    def journal() -> None:
        verdict = stage.store.verify()
        stage.so("the journal verifies", verdict.verified)
        stage.log.more["journal"] = {
            "length": verdict.entries,
            "head": verdict.head.hex(),
            "verified": verdict.verified,
        }
        stage.go("journal")
        stage.picture("journal")

    def rebuilt() -> None:
        store = stage.store
        live = {kind: frozenset(store.all(kind)) for kind in store.schema.kinds}
        count = store.rebuild()
        stage.so("the rows made again from the journal", count == sum(len(rows) for rows in live.values()))
        stage.so("equal the live ones", all(frozenset(store.all(kind)) == rows for kind, rows in live.items()))

    return (("journal", journal), ("rebuild", rebuilt))
