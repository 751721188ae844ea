-- Locked by name first, so that two evictions can never wait for one another; FOR UPDATE waits for every append under way.
with held as (
  select name from grant_ where node_id = @node and incarnation = @incarnation order by name for update
)
update grant_ g set phase = 'free', node_id = null, incarnation = null, desired_node = null
from held where g.name = held.name;
