"""The tab "Discharge" of a chart."""

from liaison_desktop.clinical.discharge.page.discharge_pane import DischargePane

__all__ = ["DischargePane"]
