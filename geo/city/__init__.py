"""City packs: one folder of data a city; read by `geo.pack`."""
