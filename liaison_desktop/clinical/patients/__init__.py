"""Patients: who they are, how to talk with them, whom to call, allergies and isolation; and the patient banner.

`record` holds the kind `patient` with its rows; `form.banner` the banner every clinical screen carries.
May use `people`; checklists, consents and the chart stand above and use this.
"""
