-- One writer: nobody else takes rows meanwhile.
update outbox set held_until = @now + @hold
where position in (
  select position from outbox
  where destination = @destination and outcome is null and (held_until is null or held_until <= @now)
  order by position limit @limit)
returning position, id, payload;
