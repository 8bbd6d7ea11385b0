"""Who is there? Agencies, stations, staff and duty, residents and houses, shelters, hospitals.

Rows that other rooms read hold ids, codes and places; names, phones and identity numbers of
people stand encrypted in the `*_private` side tables (invariant 10). Unit ids in `duty` are plain
numbers: units live one room above, in `dispatch`.
"""
