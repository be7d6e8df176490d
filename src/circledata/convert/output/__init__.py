"""What a conversion writes: the package, its papers, its summary; complete or not at all."""
