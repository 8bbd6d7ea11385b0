"""A PostgreSQL and a Redis of our own: unix sockets only, no system service, no system setting."""

from siponcega.cluster.private import ClusterUrls, PrivateCluster
from siponcega.cluster.process import ClusterError

__all__ = ["ClusterError", "ClusterUrls", "PrivateCluster"]
