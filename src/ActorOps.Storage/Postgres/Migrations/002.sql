alter table node add column url text not null default '';
-- The secret that nodes prove to each other on their links. Whoever may write to this store is one of them.
alter table store_meta add column link_key text not null default encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex');
