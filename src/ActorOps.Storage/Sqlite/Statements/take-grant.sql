update grant_ set epoch = epoch + 1, phase = 'active', node_id = @node, incarnation = @incarnation, desired_node = null
where name = @name;
