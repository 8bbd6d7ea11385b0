"""Where is it? Areas, the gazetteer, the geocoder for free text, tiles and travel times.

The facts of one city stand in a pack of data (`geo/city/<name>/`), read by `geo.pack`; the
database holds what was seeded from it and what was imported or added by hand since.
"""
