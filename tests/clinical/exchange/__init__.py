"""Tests of episodes given to other systems."""
