"""Who is told? Rules turn events into deliveries; senders carry them over gateways, one file each.

The flow, in reading order: `rules` (the one table) and `audiences` (who it means) are applied by
`outbox` in the transaction that moves its cursor; `sender` claims what is queued and hands it to a
gateway outside any transaction; `receipts` and `lookup` find out what became of it. What people
write back enters by `inbound` (kept first, whatever follows) and is understood by `conversations`.
"""
