"""The facts of Kota Tebing Tinggi, each place with its source."""
