"""The demo shift: example agencies, stations, units and crews, and traffic. Everything is contoh."""
