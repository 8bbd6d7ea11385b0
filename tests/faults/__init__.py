"""A package, so that its systems live exactly as long as its tests."""
