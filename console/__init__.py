"""What is seen: the live board of the desk and the pages of residents and responders."""
