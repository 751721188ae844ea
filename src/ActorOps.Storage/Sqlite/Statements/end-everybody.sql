-- Whoever holds the lock of the data directory is the only process: everybody else is proven dead.
update node set state = 'down' where state in ('joining', 'up', 'leaving');
update grant_ set phase = 'free', node_id = null, incarnation = null, desired_node = null;
