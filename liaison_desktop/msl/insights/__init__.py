"""Insights: what doctors said that should change what we do, what became of it, and the questions to listen for."""
