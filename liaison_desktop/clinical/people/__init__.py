"""Facilities and practitioners: the reference kinds that patients, checklists and consents point at by id."""
