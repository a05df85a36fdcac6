import type { ChainHead } from '../../journal-chain.ts';
import type { AccountToken, Queued, RunToken } from './write.ts';

/** A run, or an account, that the statement has changed. */
export interface CommitRow {
  readonly what: 'run' | 'account';
  readonly id: string;
}

/**
 * One statement, and so one transaction: calls are counted where the account is still ours, and lines are written where the run is ours, it
 * has come as far as we know, and its calls were counted.
 */
export const COMMIT = `
with calls_due as (
  select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::double precision[])
    as c (account, epoch, writes, writes_after, newest_ms)
), counted as (
  update oppsweep.account a
  set writes = c.writes_after, newest_ms = greatest(a.newest_ms, c.newest_ms)
  from calls_due c where a.id = c.account and a.epoch = c.epoch and a.writes = c.writes
  returning a.id
), runs_due as (
  select * from unnest($6::bigint[], $7::bigint[], $8::integer[], $9::text[], $10::integer[], $11::text[], $12::bigint[])
    as r (run, epoch, lines, head, lines_after, head_after, account)
), moved as (
  update oppsweep.run r
  set lines = d.lines_after, head = d.head_after
  from runs_due d left join counted on counted.id = d.account
  where r.id = d.run and r.epoch = d.epoch and r.lines = d.lines and r.head = d.head
    and (d.account is null or counted.id is not null)
  returning r.id
), written as (
  insert into oppsweep.line (run, n, mark, text)
  select l.run, l.n, l.mark, l.text
  from unnest($13::bigint[], $14::integer[], $15::boolean[], string_to_array($16, E'\\n')) as l (run, n, mark, text)
  join moved on moved.id = l.run
), noted as (
  insert into oppsweep.call (account, kind, n, at_ms)
  select c.account, 'writes', c.n, c.at_ms
  from unnest($17::bigint[], $18::bigint[], $19::double precision[]) as c (account, n, at_ms)
  join counted on counted.id = c.account
)
select 'run' as what, id from moved union all select 'account', id from counted`;

export function commitValues(
  batch: readonly Queued[],
  runs: ReadonlyMap<RunToken, ChainHead>,
  calls: ReadonlyMap<AccountToken, number>,
): readonly string[] {
  const lines = batch.flatMap(({ line }) => line ?? []);
  const counts = numbered(batch);
  const heads = [...runs];
  const accounts = [...calls];
  const accountOf = new Map<RunToken, AccountToken['id']>();
  const newestOf = new Map<AccountToken, number>();
  for (const { line, call } of batch) {
    if (call === undefined) continue;
    if (line !== undefined) accountOf.set(line.run, call.account.id);
    newestOf.set(call.account, Math.max(call.atMs, newestOf.get(call.account) ?? call.atMs));
  }
  return [
    arrayOf(accounts, ([{ id }]) => id),
    arrayOf(accounts, ([{ epoch }]) => epoch),
    arrayOf(accounts, ([{ counted }]) => counted),
    arrayOf(accounts, ([{ counted }, more]) => counted + more),
    arrayOf(accounts, ([account]) => newestOf.get(account) ?? 0),
    arrayOf(heads, ([{ id }]) => id),
    arrayOf(heads, ([{ epoch }]) => epoch),
    arrayOf(heads, ([{ written }]) => written.lines),
    arrayOf(heads, ([{ written }]) => written.sha256),
    arrayOf(heads, ([, { lines: after }]) => after),
    arrayOf(heads, ([, { sha256 }]) => sha256),
    arrayOf(heads, ([run]) => accountOf.get(run) ?? 'NULL'),
    arrayOf(lines, ({ run }) => run.id),
    arrayOf(lines, ({ head }) => head.lines),
    arrayOf(lines, ({ isMark }) => isMark),
    lines.map(({ line }) => line.slice(0, -1)).join('\n'),
    arrayOf(counts, ({ account }) => account.id),
    arrayOf(counts, ({ n }) => n),
    arrayOf(counts, ({ atMs }) => atMs),
  ];
}

/** As PostgreSQL writes it, of what needs no quotes: pg would put each into some, and escape it. */
function arrayOf<Item>(items: readonly Item[], of: (item: Item) => string | number | boolean): string {
  return `{${items.map(of).join(',')}}`;
}

/** The calls with their numbers, which go on from what was counted. */
function numbered(
  batch: readonly Queued[],
): readonly { readonly account: AccountToken; readonly n: number; readonly atMs: number }[] {
  const next = new Map<AccountToken, number>();
  return batch.flatMap(({ call }) => {
    if (call === undefined) return [];
    const { account, atMs } = call;
    const n = (next.get(account) ?? account.counted) + 1;
    next.set(account, n);
    return [{ account, n, atMs }];
  });
}
