"""Tests of bedside findings."""
