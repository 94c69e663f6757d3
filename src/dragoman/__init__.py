"""Dragoman reads reports and tells who did what to whom, when, where, according to whom, and how any two parties stand."""

__version__ = "0.1.0"
