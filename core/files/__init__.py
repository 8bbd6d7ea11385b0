"""Photos and voice notes that people send: checked by their bytes, stripped, named at random."""
