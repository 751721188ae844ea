select name, epoch, phase, node_id, incarnation, desired_node from grant_ order by name;
