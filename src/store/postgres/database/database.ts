import type { Pool, PoolClient, PoolConfig, QueryResult, QueryResultRow } from 'pg';
import type { Clock } from '../../../model/clock.ts';
import type { StoreAddress } from './store-address.ts';
import { isAway, notConnected, refusedByStore, unreachable } from './store-faults.ts';

/** Asks one statement; gives its rows. One that is asked often has a name, by which each connection plans it once. */
export type Ask = <Row extends QueryResultRow>(
  sql: string,
  values?: readonly unknown[],
  name?: string,
) => Promise<Row[]>;

/**
 * A database that may be away for a while. What is asked may be asked again, where nobody knows whether it was done: each statement, and each
 * transaction as a whole, must stand being done twice.
 */
export interface Database {
  readonly place: string;
  readonly ask: Ask;
  readonly transact: <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;
  /** The same patience with what is asked on another connection of the store. */
  readonly outlast: (attempt: () => Promise<void>) => Promise<void>;
  /** From now on nobody waits for it to come back: who would have is told `reason`. */
  readonly hurry: (reason: Error) => void;
  readonly close: () => Promise<void>;
}

export interface DatabaseDependencies {
  readonly pool: new (config: PoolConfig) => Pool;
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  /** How long it is waited for. */
  readonly timeoutMs: number;
  /** It is waited for as it begins, too, before it was ever met. */
  readonly patient?: boolean | undefined;
  /** Hears once that it is away, and once that it is back. */
  readonly told: (news: 'away' | 'back', place: string) => void;
}

const CONNECTIONS = 4;
const CONNECT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 60_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** Commits are durable by our own word: a server, or a role, may have it off. */
const SESSION = 'set synchronous_commit = on; set default_transaction_isolation = "read committed"';

export function connectionOf({ url }: StoreAddress): PoolConfig {
  return {
    connectionString: url,
    application_name: 'oppsweep',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
  };
}

/** Makes no connection yet. */
export function openDatabase(address: StoreAddress, deps: DatabaseDependencies): Database {
  const { clock, told } = deps;
  const { place } = address;
  const pool = new deps.pool({ ...connectionOf(address), max: CONNECTIONS });
  // A connection that breaks while nobody uses it: who asks next is told.
  pool.on('error', () => undefined);
  const ready = new WeakSet<PoolClient>();
  const hurried = new AbortController();
  let known: 'new' | 'there' | 'away' | 'given up' = deps.patient === true ? 'there' : 'new';

  const take = async (): Promise<PoolClient> => {
    const client = await pool.connect().catch((error: unknown) => {
      throw notConnected(place, error);
    });
    if (ready.has(client)) return client;
    try {
      await client.query(SESSION);
    } catch (error) {
      client.release(true);
      throw error;
    }
    ready.add(client);
    return client;
  };
  const once = async <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
    const client = await take();
    const listener = (): undefined => undefined;
    client.on('error', listener);
    try {
      const done = await work(client);
      client.off('error', listener);
      client.release();
      return done;
    } catch (error) {
      // In the middle of something: its transaction ends with it.
      client.release(true);
      throw error;
    }
  };
  const patiently = async <T>(attempt: () => Promise<T>): Promise<T> => {
    const untilMs = clock.monotonicMs() + deps.timeoutMs;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        const done = await attempt();
        if (known === 'away') told('back', place);
        known = 'there';
        return done;
      } catch (error) {
        if (!isAway(error)) throw refusedByStore(place, error);
        // Who has never met it may have mistyped its name; who has waited long enough once does not wait again.
        const isWaitedFor = known === 'there' || known === 'away';
        if (isWaitedFor) hurried.signal.throwIfAborted();
        const leftMs = isWaitedFor ? untilMs - clock.monotonicMs() : 0;
        if (leftMs <= 0) {
          if (isWaitedFor) known = 'given up';
          throw unreachable(place, error);
        }
        if (known === 'there') told('away', place);
        known = 'away';
        await clock.sleep(Math.min(pauseMs, leftMs), hurried.signal);
      }
    }
  };
  return {
    place,
    ask: (sql, values, name) => patiently(() => once((client) => askOf(client)(sql, values, name))),
    transact: (work) =>
      patiently(() =>
        once(async (client) => {
          await client.query('begin');
          const done = await work(askOf(client));
          await client.query('commit');
          return done;
        }),
      ),
    outlast: patiently,
    hurry: (reason) => hurried.abort(reason),
    close: () => pool.end(),
  };
}

function askOf(client: PoolClient): Ask {
  return async <Row extends QueryResultRow>(text: string, values: readonly unknown[] = [], name?: string) => {
    const query = { text, values: [...values], ...(name !== undefined && { name }) };
    // Of several statements in one text pg gives an array, which its types don't know.
    const results: QueryResult<Row> | QueryResult<Row>[] = await client.query<Row>(query);
    return [results].flat().flatMap(({ rows }) => rows);
  };
}
