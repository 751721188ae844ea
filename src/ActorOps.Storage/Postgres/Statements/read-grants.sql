select g.name, g.epoch, g.phase, g.node_id, g.incarnation, g.desired_node, m.generation
from grant_ g, store_meta m order by g.name;
