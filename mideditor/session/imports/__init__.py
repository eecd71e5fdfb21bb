"""Chapter texts into a project, for the first time and again."""
