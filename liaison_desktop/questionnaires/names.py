"""Addresses of the FHIR extensions the engine understands: the official ones and our own."""

from __future__ import annotations

_HL7 = "http://hl7.org/fhir/StructureDefinition/"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
OWN = "https://liaison-desktop.example/fhir/StructureDefinition/"
CODES = "https://liaison-desktop.example/fhir/CodeSystem/"
UCUM = "http://unitsofmeasure.org"

MIN_VALUE = _HL7 + "minValue"
MAX_VALUE = _HL7 + "maxValue"
MIN_LENGTH = _HL7 + "minLength"
MAX_DECIMALS = _HL7 + "maxDecimalPlaces"
REGEX = _HL7 + "regex"
ENTRY_FORMAT = _HL7 + "entryFormat"
MAX_SIZE = _HL7 + "maxSize"
MIME_TYPE = _HL7 + "mimeType"
HIDDEN = _HL7 + "questionnaire-hidden"
UNIT = _HL7 + "questionnaire-unit"
UNIT_OPTION = _HL7 + "questionnaire-unitOption"
MIN_OCCURS = _HL7 + "questionnaire-minOccurs"
MAX_OCCURS = _HL7 + "questionnaire-maxOccurs"
EXCLUSIVE = _HL7 + "questionnaire-optionExclusive"
UNIT_VALUE_SET = _HL7 + "questionnaire-unitValueSet"
UNIT_OPEN = _SDC + "sdc-questionnaire-unitOpen"
ITEM_CONTROL = _HL7 + "questionnaire-itemControl"
ORIENTATION = _HL7 + "questionnaire-choiceOrientation"
OPTION_PREFIX = _HL7 + "questionnaire-optionPrefix"
OPEN_LABEL = _SDC + "sdc-questionnaire-openLabel"
SLIDER_STEP = _HL7 + "questionnaire-sliderStepValue"
DISPLAY_CATEGORY = _HL7 + "questionnaire-displayCategory"
SUPPORT_LINK = _HL7 + "questionnaire-supportLink"
REFERENCE_RESOURCE = _HL7 + "questionnaire-referenceResource"
ALLOWED_RESOURCE = _HL7 + "questionnaire-allowedResource"
USAGE_MODE = _HL7 + "questionnaire-usageMode"
SIGNATURE_REQUIRED = _HL7 + "questionnaire-signatureRequired"
SHORT_TEXT = _SDC + "sdc-questionnaire-shortText"

# Expressions.
VARIABLE = _HL7 + "variable"
CALCULATED = _SDC + "sdc-questionnaire-calculatedExpression"
ENABLE_WHEN = _SDC + "sdc-questionnaire-enableWhenExpression"
INITIAL = _SDC + "sdc-questionnaire-initialExpression"
ANSWERS = _SDC + "sdc-questionnaire-answerExpression"
CANDIDATES = _SDC + "sdc-questionnaire-candidateExpression"
CONTEXT = _SDC + "sdc-questionnaire-contextExpression"
POPULATION_CONTEXT = _SDC + "sdc-questionnaire-itemPopulationContext"
TOGGLE = _SDC + "sdc-questionnaire-answerOptionsToggleExpression"
SOURCE_QUERIES = _SDC + "sdc-questionnaire-sourceQueries"
ASSEMBLE_CONTEXT = _SDC + "sdc-questionnaire-assembleContext"
SUB_FORM = _SDC + "sdc-questionnaire-subQuestionnaire"
ADAPTIVE = _SDC + "sdc-questionnaire-questionnaireAdaptive"
CRITICAL = _SDC + "sdc-rendering-criticalExtension"
LAUNCH_CONTEXT = _SDC + "sdc-questionnaire-launchContext"
TARGET_CONSTRAINT = _HL7 + "targetConstraint"
CONSTRAINT = _HL7 + "questionnaire-constraint"
CALCULATED_VALUE = _HL7 + "cqf-calculatedValue"
CQF_EXPRESSION = _HL7 + "cqf-expression"
MIN_QUANTITY = _SDC + "sdc-questionnaire-minQuantity"
MAX_QUANTITY = _SDC + "sdc-questionnaire-maxQuantity"

# Ours, on a definition's items.
RULE = OWN + "rule"  # id and class of a safety rule the item takes part in
CONFIRM_PREFILL = OWN + "confirm-prefill"  # a prefilled answer counts only after a person confirmed it
RN_ONLY = OWN + "rn-only"
PATIENT_TEXT = OWN + "patient-text"  # the question as it is put to the patient
CITATION = OWN + "citation"
ABNORMAL = OWN + "abnormal-range"  # outside: a warning; minValue and maxValue are the implausible band
UNABLE_ALLOWED = OWN + "unable-allowed"  # "unable to assess" with a reason answers a required question
UNABLE_OPTION = OWN + "unable-option"  # on an option: choosing it needs a reason
REASON_OPTION = OWN + "reason-option"  # on an option: choosing it needs a written reason
CALCULATION = OWN + "calculation"  # a named calculation, short for an expression
FINDING = OWN + "finding"  # a display item that is a reviewer's finding while it is enabled
SHORT = OWN + "short-title"
FROM_APPLICATION = OWN + "from-application"  # the application answers this item, not the person at the screen

# Ours, on a response's items and answers.
UNABLE = OWN + "unable-to-assess"
REASON = OWN + "answer-reason"
SOURCE = OWN + "answer-source"
PROPOSAL = OWN + "proposed-answer"
ENTERED_AS = OWN + "entered-as"
OVERRIDDEN = OWN + "overridden"  # a person gave another answer than the form calculates
PINNED_HASH = OWN + "definition-hash"
AMENDS = OWN + "amends"
COME_BACK = OWN + "come-back"  # a question somebody wants to come back to; gone when the form is finished
LINK_ID = OWN + "link-id"  # on an issue: the linkId of the item it is about
CARRIED = OWN + "carried-answer"  # an answer of an earlier version that the form of now has no question for

UNABLE_REASONS = {
    "patient_asleep": "Asleep",
    "sedated": "Sedated",
    "confused": "Confused",
    "refused": "Declined",
    "language_no_interpreter": "Interpreter not here",
    "no_informant": "No one to ask",
    "record_unavailable": "Record not available",
    "emergency": "Emergency",
}
