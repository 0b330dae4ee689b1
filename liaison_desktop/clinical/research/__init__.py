"""Research: the studies of this house, and how somebody consents to one of them, takes it home, declines or withdraws.

A study says what a review board approved and who may obtain a consent; a research consent is one person and one version
of one form. The checklist RC verifies a consent that was taken elsewhere; here it is taken, with RC's ten questions.
"""
