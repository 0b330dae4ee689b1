"""One SIUU package: its source, its file and its checklist."""

from __future__ import annotations

import msgspec

from liaison_desktop.errors import Fault, LiaisonError, Refused
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.form import PackageForm
from liaison_desktop.msl.inquiries.page.kept import clean, forget, keep, kept
from liaison_desktop.msl.inquiries.page.typed_pane import TypedPane
from liaison_desktop.msl.inquiries.record import SiuuPackage
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column


class PackagePane(TypedPane):
    """A SIUU package with its disclosures."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.package, self._dirty = SiuuPackage(), False
        self.form = PackageForm(desk.store)
        self.save_button = button("Save", "primary", "check", on_click=self.save)
        self._lay_out(self.form, column(gap=0), self.save_button)
        self.form.changed.connect(self._changed)

    def show_package(self, package: SiuuPackage) -> None:
        """Show a package; what was typed into it and not saved comes back."""
        held = kept(self.desk.store, SiuuPackage, package.id)
        self.package = package
        shown = msgspec.structs.replace(held, version=package.version) if held else package
        self._dirty = held is not None
        self.form.show_package(shown)
        self._title.set_text(package.title() if package.version else "New SIUU package")
        self._settle(shown)
        self.say("What you typed before is back." if held else "")

    def _settle(self, package: SiuuPackage) -> None:
        missing = len(package.missing())
        self._chip.show_chip(
            f"{missing} missing" if missing else "Complete",
            "amber" if missing else "green",
            "circle-alert" if missing else "check",
        )

    def _changed(self) -> None:
        self._dirty = True
        self._settle(self.form.package())
        self._timer.start()

    def keep_draft(self) -> None:
        """Make what was typed durable."""
        self._timer.stop()
        if self._dirty:
            keep(self.desk.store, clean(self.form.package()))
            self.say(f"Draft kept {self.desk.clock():%H:%M:%S}")

    def save(self) -> None:
        """Save it, complete or not."""
        if unread := self.form.unread():
            self.form.show_faults(unread)
            self.say(unread[0].message, wrong=True)
            return
        try:
            done = actions.save_package(self.desk.store, clean(self.form.package()))
        except Refused as refused:
            self.keep_draft()
            self.form.show_faults(refused.faults)
            self.say(f"{len(refused.faults)} to mend. What you typed is kept.", wrong=True)
            return
        except LiaisonError as error:
            self.say(str(error), wrong=True)
            return
        self._timer.stop()
        forget(self.desk.store, done)
        self.desk.toast("SIUU package saved")
        self.show_package(done)
        self.saved.emit(done)

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        self.form.show_faults(faults)
