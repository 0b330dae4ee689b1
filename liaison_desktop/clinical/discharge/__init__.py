"""Going home ready: the plan in the patient's words, five areas with teach-back, the choice, the day, and the calls after."""
