"""Documents that were sealed and are kept: which document of which record, by whose seal, and the file itself.

A kit with the rooms of a feature, as `tasks` is, because either workspace keeps sealed documents. What is made of a
record it knows by id alone; how a seal is put on and checked, `documents/sealing` knows; whose seal it is,
`security/certificates`. A feature asks `form.Papers` for the paper of a record and gets it sealed, kept and verified.
"""
