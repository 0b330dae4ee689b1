"""Tests of the advocacy ledger."""
