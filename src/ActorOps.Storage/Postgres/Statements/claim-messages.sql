-- Rows that another deliverer is just taking are passed over, so that none waits for another.
with due as (
  select position from outbox
  where destination = @destination and outcome is null and (held_until is null or held_until <= clock_timestamp())
  order by position limit @limit
  for update skip locked
)
update outbox o set held_until = clock_timestamp() + @hold * interval '1 millisecond'
from due where o.position = due.position
returning o.position, o.id, o.payload;
