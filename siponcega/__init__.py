"""The one place that knows every package: the application, the command line, the private cluster."""

__version__ = "0.1.0"
