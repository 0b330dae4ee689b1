"""The advocacy ledger: what a patient worries about or wants, in their own words, until they say that it is answered.

A concern goes to a person with a time to answer; the answer is read back to the patient, and only the patient's yes
closes it. What is still open at discharge is handed over. Stands on patients, episodes and tasks.
"""
