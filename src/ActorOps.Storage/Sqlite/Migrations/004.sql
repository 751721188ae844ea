alter table node add column url text not null default '';
