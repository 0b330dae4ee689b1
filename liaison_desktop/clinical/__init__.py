"""The clinical liaison's workspace: patients, checklists, consents. Knows nothing of the MSL workspace.

Floors, top to bottom: today chart | consents checklists | patients | people. `workspace.py` names what there is.
"""
