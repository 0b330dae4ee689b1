"""Outreach: who sends patients, what was done to be known there, and what is next. No patient stands in here (V41)."""
