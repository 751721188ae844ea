update grant_ set phase = 'free', node_id = null, incarnation = null
where name = @name and epoch = @epoch and phase <> 'free' and exists (select 1 from store_meta where generation = @generation);
