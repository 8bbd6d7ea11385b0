"""Read models: the rows of the board, fetched whole for the desk and cut for an agency.

`queries` fetches, `rows` shapes, `attention` names what nobody may overlook, `masks` cuts what a
class may not see, `source` dresses batches of events with rows for the hub.
"""
