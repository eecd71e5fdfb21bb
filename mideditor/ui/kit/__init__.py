"""Widgets and models that know nothing about records; every other room of `ui` uses them."""
