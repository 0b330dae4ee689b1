"""Exchange with a colleague's laptop without a server: addresses, parcels out, parcels in."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.i18n import plural, tr
from liaison_desktop.security.atomic import write_atomically
from liaison_desktop.store import Act
from liaison_desktop.sync.handing_over import Taken, make_parcel, parcel_given, take_parcel
from liaison_desktop.sync.laptops import Address, add_laptop, forget_laptop, known_laptops, own_address, read_address
from liaison_desktop.sync.transport import is_installed
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import LabelledField, fault_line
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import card, column, hairline, refill, row
from liaison_desktop.ui.text import icon_label, label, wrapped

_PATTERN = "*.liaison-parcel"
_WORDS = tr(
    "Without a server, or where there is no network: seal what is new in a file that only one laptop can open, and take "
    "it over on a stick or by mail. Each of the two needs the other's address once."
)


class LaptopsCard(QWidget):
    """The laptops that are known, and what can be done with each."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.body = column(gap=10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.show_list()

    def show_list(self) -> None:
        """Known laptops; the buttons that add one and take a parcel."""
        if not is_installed():
            refill(self.body)
            return
        lines: list[QWidget] = []
        for address in known_laptops(self._desk.store.central):
            lines += [hairline(), self._line(address)]
        self.said = column(gap=0)
        self.add_button = button(tr("Add a laptop…"), icon="laptop", on_click=self.show_add)
        self.take_button = button(tr("Take a parcel in…"), icon="archive-restore", on_click=self.take)
        self.copy_button = button(tr("Copy this laptop's address"), "quiet", "copy", on_click=self.copy)
        refill(
            self.body,
            card(
                label(tr("Other laptops, without a server"), "strong"),
                wrapped(_WORDS, "sec"),
                *lines,
                self.said,
                row(self.take_button, self.add_button, self.copy_button, None, gap=8),
                gap=8,
            ),
        )

    def _line(self, address: Address) -> QWidget:
        words = column(
            label(address.name, "medium"), label(tr("Check digits {n}", n=address.short), "cap", "ink2"), gap=2
        )
        give = button(tr("Seal what is new…"), icon="archive", small=True, on_click=lambda: self.give(address))
        whole = button(tr("Everything…"), "quiet", small=True, on_click=lambda: self.give(address, everything=True))
        forget = button("", "quiet", "x", small=True, name=tr("Forget {name}", name=address.name))
        forget.clicked.connect(lambda _checked=False: self.forget(address))
        return row(icon_label("laptop"), (words, 1), give, whole, forget, gap=8)

    def _say(self, words: str, good: bool = True) -> None:
        if good:
            refill(self.said)
            self._desk.toast(words)
        else:
            refill(self.said, fault_line(words))

    # -- addresses ------------------------------------------------------------------------------------------------------
    def copy(self) -> None:
        """Put this laptop's address where it can be pasted into a mail: two public keys and a name, no secret."""
        desk = self._desk
        QGuiApplication.clipboard().setText(
            own_address(desk.store.central, desk.store.device.name, desk.store.schema.name).text
        )
        self._say(tr("The address is on the clipboard. It holds no secret."))

    def show_add(self) -> None:
        """Paste the other's address."""
        self.address = line_edit(placeholder="liaison://laptop?…", name=tr("Address"))
        self.address_field = LabelledField(tr("The other laptop's address"), self.address)
        self.add = button(tr("Add"), "primary", on_click=self._add)
        self.address.returnPressed.connect(self.add.click)
        self.address.textChanged.connect(lambda _text: self.address_field.clear_fault())
        cancel = button(tr("Cancel"), "quiet", on_click=self.show_list)
        words = wrapped(
            tr("Your colleague finds it on this page of theirs. Compare the check digits over the telephone."), "sec"
        )
        title = label(tr("Add a laptop"), "strong")
        refill(self.body, card(title, words, self.address_field, row(None, cancel, self.add), gap=10))
        self.address.setFocus()

    def _add(self) -> None:
        try:
            address = read_address(self.address.text(), self._desk.store.schema.name)
        except Refused as refused:
            self.address_field.show_fault(str(refused))
            self.address.setFocus()
            return
        add_laptop(self._desk.store.central, address)
        self._desk.store.note(Act.KEYS_CHANGED, detail="a laptop was added")
        self.show_list()
        self._say(tr("{name} was added. Check digits {n}.", name=address.name, n=address.short))

    def forget(self, address: Address) -> None:
        """Trust it no more."""
        forget_laptop(self._desk.store.central, address)
        self._desk.store.note(Act.KEYS_CHANGED, detail="a laptop was forgotten")
        self.show_list()

        def back() -> None:
            add_laptop(self._desk.store.central, address)
            self.show_list()

        self._desk.toast(tr("{name} was forgotten.", name=address.name), back)

    # -- parcels --------------------------------------------------------------------------------------------------------
    def give(self, address: Address, *, everything: bool = False) -> None:
        """Seal a parcel for that laptop and save it where the person says."""
        if words := self._desk.refuses("export"):
            self._say(words, good=False)
            return
        store = self._desk.store

        def made(result: tuple[bytes, int]) -> None:
            content, count = result
            if not count:
                self._say(tr("Nothing is new since the last parcel for {name}.", name=address.name))
                return
            name = f"parcel-{self._desk.clock():%Y%m%d-%H%M}.liaison-parcel"
            target = self._desk.files.save_file(tr("Save the parcel"), name)
            if target is None:
                return
            try:
                write_atomically(target, content)
            except OSError:
                self._say(tr("The file could not be written there. Choose another place."), good=False)
                return
            parcel_given(store, address)
            store.note(Act.EXPORTED, detail=f"parcel, {count} versions")
            what = plural(count, "{n} version", "{n} versions")
            self._say(tr("{what} sealed for {name}.", what=what, name=address.name))

        self._desk.jobs.run(
            lambda: make_parcel(store, address, everything=everything), owner=self, then=made, otherwise=self._refused
        )

    def take(self) -> None:
        """Open a parcel and merge what is in it."""
        source = self._desk.files.open_file(tr("Take a parcel in"), _PATTERN)
        if source is None:
            return
        store = self._desk.store
        try:
            content = source.read_bytes()
        except OSError:
            self._say(tr("This file cannot be read."), good=False)
            return
        self._desk.jobs.run(lambda: take_parcel(store, content), owner=self, then=self._took, otherwise=self._refused)

    def _took(self, taken: Taken) -> None:
        store = self._desk.store
        store.note(
            Act.IMPORTED, detail=f"parcel, {taken.shown} shown, {taken.merged} merged, {taken.conflicts} to decide"
        )
        store.tell(taken.changed)
        parts = [
            plural(taken.shown, "{n} record new or newer", "{n} records new or newer"),
            plural(taken.merged, "{n} merged", "{n} merged") if taken.merged else "",
            plural(taken.conflicts, "{n} to decide", "{n} to decide") if taken.conflicts else "",
            plural(taken.refused, "{n} not taken", "{n} not taken") if taken.refused else "",
        ]
        self._say(tr("From {name}: {what}.", name=taken.sender, what=", ".join(filter(None, parts))))

    def _refused(self, error: LiaisonError) -> None:
        self._say(str(error), good=False)
