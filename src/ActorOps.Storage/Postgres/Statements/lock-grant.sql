select g.epoch, g.phase, g.node_id, g.incarnation, g.desired_node, m.generation
from grant_ g, store_meta m where g.name = @name for update of g;
