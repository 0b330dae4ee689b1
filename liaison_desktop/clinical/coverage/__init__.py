"""Coverage: who pays, in what order, what the payer said on which call, and what it authorised.

What was verified is written once and counts for some days; then the chart says that it is stale. Amounts are whole
cents. An estimate always says that it is one. Stands on episodes and patients; referrals ask it for the guards.
"""
