"""Tests of tasks and clocks."""
