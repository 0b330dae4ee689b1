"""Tests of the communication log and of sessions with an interpreter."""
