"""The live lane from the event log to the consoles.

One hub a process. It reads the event log by position, dresses each batch once with the present
rows of the board, builds each frame once per visibility class and writes the same bytes to every
socket of that class. PostgreSQL is the truth: `NOTIFY event_head` only wakes the hub earlier than
its poll would; Redis is not needed.

How a socket joins without a gap or a duplicate:

1. it subscribes to its class, so that the class is kept and its recent frames remembered;
2. it gets a snapshot that carries the position it was true at, or names the cursor it has;
3. it is fed the log from there up to the hub's own position, at its own pace;
4. in one step without an await, when its cursor equals the hub's position, it joins the live set.

The hub moves its position and picks the sockets of a batch in one step as well, so a frame is
either in what a socket caught up with or in what it is sent live, never in both, never in neither.

Nothing in the hub's loop waits for a socket. Bytes go into the transport's buffer; a socket whose
buffer is full is told why and closed, one that takes nothing for three seconds is aborted. Both
come back with their cursor.
"""
