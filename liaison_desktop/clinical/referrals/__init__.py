"""Referrals: who asks for an admission, what was reviewed, what was decided, and what decides the admission.

The work on a referral stands apart from the decision about it. Each step of either leaves an event that keeps what its
guards said. Beside it the packet of documents with what is missing, and the visits at the bedside. The episode below is
moved from here until the patient is admitted.
"""
