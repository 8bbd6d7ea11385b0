"""Pages of residents and responders: the form, the tracking page, the responder's page, handsets."""
