"""The pages of topics and products, and of materials."""

from liaison_desktop.msl.materials.page.materials_page import MaterialsPage
from liaison_desktop.msl.materials.page.topics_page import TopicsPage

__all__ = ["MaterialsPage", "TopicsPage"]
