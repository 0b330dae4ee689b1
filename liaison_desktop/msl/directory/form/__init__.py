"""Forms of the directory: one person with the places of work, and one place."""

from liaison_desktop.msl.directory.form.institution_form import InstitutionForm
from liaison_desktop.msl.directory.form.person_form import SET_ASIDE, PersonForm

__all__ = ["SET_ASIDE", "InstitutionForm", "PersonForm"]
