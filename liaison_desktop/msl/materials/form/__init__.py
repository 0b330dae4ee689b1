"""The forms of a topic or product, and of a material or one of its versions."""

from liaison_desktop.msl.materials.form.material_form import Asked, MaterialForm
from liaison_desktop.msl.materials.form.taxonomy_form import TaxonomyForm, TopicOrProduct, draft_key, read_draft

__all__ = ["Asked", "MaterialForm", "TaxonomyForm", "TopicOrProduct", "draft_key", "read_draft"]
