"""`make bench`: how close to the metal each hot path runs.

Every figure stands beside a raw limit timed in the same run, on the same machine, by the same client,
so that the ratio means something on any machine; milliseconds mean two quiet cores.
"""
