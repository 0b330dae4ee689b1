"""An episode: one way of a patient from referral to closure, and the events that moved it. The spine of the chart.

What belongs to a stay names its episode by id. Whether a step may be taken is judged above, by features that know what
was screened, verified and handed over; here stands which judgements each step needs, and none goes without them.
"""
