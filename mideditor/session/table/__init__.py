"""The record table without a window: columns, sorting, search and facets."""
