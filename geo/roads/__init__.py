"""How long on the road: graph in memory, closures and floods, routes and isochrones.

`Roads` (live.py) is what a process holds: it reads the net that was imported, keeps it true to the
closures, and puts `RoadEta` in force. Everything below it is pure and knows no database:

    EdgeTable (edges.py)   the imported edges in columns
    Graph (graph.py)       the same as two search matrices, a segment grid to snap to
    Layer (layers.py)      what one kind of vehicle pays on each edge while these closures stand
    search.py              one search from the scene; `RoadEta` (road_eta.py) answers for all units

Beside it: speeds learned from arrivals (arrivals.py, learning.py, learned.py), and another routing server
asked beforehand where one is configured (outside.py, routers/).

Costs are whole milliseconds, with decimetres of way in the fraction (costs.py): one search gives
the quickest way, and of equals the shorter, with its time and its length both exact.
"""
