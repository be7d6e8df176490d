"""What others read: published releases, changes between them, and districts added up."""
