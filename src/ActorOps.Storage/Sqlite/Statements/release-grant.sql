update grant_ set phase = 'free', node_id = null, incarnation = null
where name = @name and epoch = @epoch and phase <> 'free';
