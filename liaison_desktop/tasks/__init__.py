"""Follow-ups and clocks: what has to be done by when, by whom, what became of it, and what runs out.

A kit with the rooms of a feature, because a task is a record that either workspace may keep: it lists the kind `Task`
among its kinds and makes tasks by `actions`. Whom and what a task is about it knows by id alone. The clocks (`rules`)
are worked out of moments that features give; nothing of them is stored, so nothing of them can be lost.
Stands on policies, where the rules of the clocks are; knows no feature.
"""
