"""The preview: a document on the screen, straight from its bytes. No file is made on disk. Qt lives only here."""

from liaison_desktop.documents.preview.handing_out import print_copy, save_copy
from liaison_desktop.documents.preview.pages import Pages
from liaison_desktop.documents.preview.pane import Preview
from liaison_desktop.documents.preview.strip import AttachmentStrip

__all__ = ["AttachmentStrip", "Pages", "Preview", "print_copy", "save_copy"]
