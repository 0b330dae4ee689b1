"""The forms of a topic or product, of a material or one of its versions; choosing a file, and choosing a material."""

from liaison_desktop.msl.materials.form.chosen_file import ChosenFile
from liaison_desktop.msl.materials.form.material_form import Asked, MaterialForm
from liaison_desktop.msl.materials.form.material_line import Chosen, MaterialLine, chosen_of, current_versions
from liaison_desktop.msl.materials.form.taxonomy_form import TaxonomyForm, TopicOrProduct, draft_key, read_draft

__all__ = [
    "Asked",
    "Chosen",
    "ChosenFile",
    "MaterialForm",
    "MaterialLine",
    "TaxonomyForm",
    "TopicOrProduct",
    "chosen_of",
    "current_versions",
    "draft_key",
    "read_draft",
]
