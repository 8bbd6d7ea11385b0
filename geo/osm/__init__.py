"""OpenStreetMap into the city: streets, places, areas, water and the road graph's edges."""
