"""The form engine: FHIR R4 Questionnaire in, QuestionnaireResponse out. Pure, but for the Qt view in `view`.

A definition is read (`reading`), linted (`linting`) and held as an immutable tree (`definition`). A `Sheet`
(`response`) holds the answers of one form; `enablement` says which items are asked, `validation` what is missing or
wrong, `progress` how far one is. Forms are written as YAML and compiled (`compiling`); `library` finds shipped ones.
"""
