"""Reading: the forms and the elements they must hold from their files, the consents from the store."""

from liaison_desktop.clinical.consents.queries.consents import (
    consents_in,
    consents_of,
    count_open,
    day_checks_of,
    endings_of,
    lasting_consents,
    next_document_number,
    recent_consents,
)
from liaison_desktop.clinical.consents.queries.forms import (
    catalogue,
    form_files,
    newest,
    read_template,
    read_translation,
    shipped,
    template,
    templates,
    translations,
    version_key,
)

__all__ = [
    "catalogue",
    "consents_in",
    "consents_of",
    "count_open",
    "day_checks_of",
    "endings_of",
    "form_files",
    "lasting_consents",
    "newest",
    "next_document_number",
    "read_template",
    "read_translation",
    "recent_consents",
    "shipped",
    "template",
    "templates",
    "translations",
    "version_key",
]
