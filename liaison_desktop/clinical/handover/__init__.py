"""Handing a patient over to the team that receives them: SBAR composed from what is known, read back, signed."""
