"""Tests of handing a patient over."""
