"""Tests of discharge."""
