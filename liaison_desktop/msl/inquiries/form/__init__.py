"""Forms of inquiries: the request, the page handed to the doctor, an answer, standing requests and SIUU packages."""

from liaison_desktop.msl.inquiries.form.hand_over import HandOver, Shown
from liaison_desktop.msl.inquiries.form.inquiry_form import InquiryForm
from liaison_desktop.msl.inquiries.form.reply_form import ReplyForm
from liaison_desktop.msl.inquiries.form.standing_form import PackageForm, StandingForm
from liaison_desktop.msl.inquiries.form.written_request import WrittenRequest

__all__ = ["HandOver", "InquiryForm", "PackageForm", "ReplyForm", "Shown", "StandingForm", "WrittenRequest"]
