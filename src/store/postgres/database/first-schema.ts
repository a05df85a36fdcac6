/**
 * Processes, by their connection; runs, with all that a run's folder has; accounts, with their calls. Whoever may write to a run or an
 * account raised its epoch: a write that carries an older one changes nothing.
 */
export const FIRST_SCHEMA = `
create schema if not exists oppsweep;

create table oppsweep.schema_version (version integer not null);

create table oppsweep.process (
  id uuid primary key,
  host text not null,
  pid integer not null,
  backend integer not null,
  backend_start timestamptz not null,
  alive_until timestamptz not null
);

create table oppsweep.run (
  id bigint generated always as identity primary key,
  account text not null,
  name text not null,
  results_name text not null,
  epoch bigint not null default 0,
  holder uuid,
  hold uuid,
  held_since timestamptz,
  purpose text,
  lines integer not null default 0,
  head text not null,
  summary text,
  unique (account, name)
);

create table oppsweep.input (
  run bigint not null references oppsweep.run on delete cascade,
  n integer not null,
  bytes bytea not null,
  primary key (run, n)
);

create table oppsweep.line (
  run bigint not null references oppsweep.run on delete cascade,
  n integer not null,
  mark boolean not null,
  text text not null,
  primary key (run, n)
);
create index line_mark on oppsweep.line (run, n) where mark;

create table oppsweep.result (
  run bigint not null references oppsweep.run on delete cascade,
  from_byte bigint not null,
  bytes bytea not null,
  primary key (run, from_byte)
);

create table oppsweep.published (
  run bigint not null references oppsweep.run on delete cascade,
  from_byte bigint not null,
  bytes bytea not null,
  primary key (run, from_byte)
);

create table oppsweep.account (
  id bigint generated always as identity primary key,
  account text not null,
  endpoint text not null,
  epoch bigint not null default 0,
  holder uuid,
  hold uuid,
  held_since timestamptz,
  purpose text,
  writes bigint not null default 0,
  reads bigint not null default 0,
  newest_ms double precision not null default 0,
  unique (account, endpoint)
);

create table oppsweep.call (
  account bigint not null references oppsweep.account on delete cascade,
  kind text not null,
  n bigint not null,
  at_ms double precision not null,
  primary key (account, kind, n)
);

-- A process that was killed has no connection any more; one whose machine is gone has not said for a while that it lives. After a restart
-- of the server no connection is known: the word holds alone.
create function oppsweep.lives(asked uuid) returns boolean language sql volatile as $$
  select exists (
    select from oppsweep.process p
    where p.id = asked and p.alive_until > clock_timestamp() and (
      p.backend_start < pg_postmaster_start_time() or exists (
        select from pg_stat_activity a
        where a.pid = p.backend and (a.backend_start is null or a.backend_start = p.backend_start)
      )
    )
  )
$$;

create function oppsweep.now_ms(given double precision) returns double precision language sql volatile as $$
  select coalesce(given, extract(epoch from clock_timestamp())::double precision * 1000)
$$;

-- Takes a read if no window has as many calls as it may have; else says how long to wait, and for which window.
create function oppsweep.take_read(
  asked bigint, calls integer[], window_ms double precision[], given_now double precision
) returns table (wait_ms double precision, window_index integer, at_ms double precision, taken bigint)
language plpgsql volatile as $$
declare
  own oppsweep.account;
  now_at double precision;
  before double precision;
  longest double precision := 0;
  longest_index integer := 0;
begin
  select * into own from oppsweep.account where id = asked for update;
  now_at := greatest(oppsweep.now_ms(given_now), own.newest_ms);
  for i in 1 .. coalesce(array_length(calls, 1), 0) loop
    select c.at_ms into before from oppsweep.call c
      where c.account = asked and c.kind = 'reads' and c.n = own.reads - calls[i] + 1;
    if found and before + window_ms[i] - now_at > longest then
      longest := before + window_ms[i] - now_at;
      longest_index := i;
    end if;
  end loop;
  if longest > 0 then
    return query select longest, longest_index, now_at, own.reads;
    return;
  end if;
  insert into oppsweep.call (account, kind, n, at_ms) values (asked, 'reads', own.reads + 1, now_at);
  update oppsweep.account set reads = own.reads + 1, newest_ms = now_at where id = asked;
  return query select 0::double precision, 0, now_at, own.reads + 1;
end
$$;
`;
