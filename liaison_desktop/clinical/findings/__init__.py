"""What is found at the bedside: vital signs, problems, lines, wounds; allergies and isolation live on the patient.

Every fact says who recorded it, when, and where it comes from. The ranges of V16 are the policy's, one table for this
feature and for the checklists.
"""
