"""The house: what holds for all of the code, proved by reading it. Each of these rules was broken once and seen caught."""
