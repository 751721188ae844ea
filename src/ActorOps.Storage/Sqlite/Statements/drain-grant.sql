update grant_ set phase = 'draining', desired_node = @desired
where name = @name and epoch = @epoch and phase in ('active', 'draining');
