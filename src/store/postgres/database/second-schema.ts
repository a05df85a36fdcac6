/** Fleets; their runs, each with its input until it is begun anywhere, and how its account is signed in to. */
export const SECOND_SCHEMA = `
create table oppsweep.fleet (
  id bigint generated always as identity primary key,
  name text not null unique,
  options text not null,
  submitted_at timestamptz not null default clock_timestamp()
);

create table oppsweep.fleet_run (
  id bigint generated always as identity primary key,
  fleet bigint not null references oppsweep.fleet on delete cascade,
  account text not null,
  profile text,
  role_arn text,
  external_id text,
  session_name text,
  input_name text not null,
  input bytea not null,
  row_count integer not null,
  rows_to_run integer not null,
  state text not null default 'queued',
  job uuid,
  next_at timestamptz,
  stop_code text,
  stop_message text,
  unique (fleet, account)
);
`;
