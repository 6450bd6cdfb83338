"""Specs made from menus that the feed fills."""
