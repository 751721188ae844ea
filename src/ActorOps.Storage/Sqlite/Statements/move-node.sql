update node set state = @to
where node_id = @node and incarnation = @incarnation and state = @from
  and (@to <> 'removed' or not exists (select 1 from grant_ g where g.node_id = @node and g.incarnation = @incarnation));
