"""What runs out: the events that features tell, gathered, and the clocks they give. Shown by Today and by the chart.

A feature adds one line to `GATHERED`: how to find the records whose clocks may run, and its `events`.
"""
