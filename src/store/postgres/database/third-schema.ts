/**
 * What a fleet asks for has another name: no earlier version takes one up, of whose terms, such as its endpoint, it may know nothing. Who
 * submitted it; whose results somebody has.
 */
export const THIRD_SCHEMA = `
alter table oppsweep.fleet rename column options to terms;
alter table oppsweep.fleet add column submitted_by text;
alter table oppsweep.fleet_run add column fetched_at timestamptz;
`;
