import { randomUUID } from 'node:crypto';
import type { Client, ClientConfig } from 'pg';
import type { Machine } from '../../../disk/machine.ts';
import { elapsedMs, momentOf, type Clock, type Moment } from '../../../model/clock.ts';
import { isAway, refusedByStore, unreachable } from './store-faults.ts';

/** A process's word to the store that it lives: what it holds is its own as long as that is true. */
export interface Presence {
  readonly id: string;
  /** Resolves once the store knows of this process. */
  readonly begin: () => Promise<void>;
  /** Says it at once, on a new connection where need be. Rejects where the store is away. */
  readonly speak: () => Promise<void>;
  /**
   * The number of the stretch in which the word has not lapsed: as long as it is the same, nobody could take over what this process holds.
   * `undefined` while that is not known.
   */
  readonly stretch: () => number | undefined;
  readonly end: () => Promise<void>;
}

export interface PresenceDependencies {
  readonly client: new (config: ClientConfig) => Client;
  readonly connection: ClientConfig;
  /** As people are told of the store. */
  readonly place: string;
  readonly machine: Pick<Machine, 'host' | 'pid'>;
  readonly clock: Clock;
}

/** After its last word a process counts as gone, where its connection does not tell. */
const LEASE_SECONDS = 20;
/** The part of it in which this process is sure of its own word. */
const SURE_MS = 10_000;
const BEAT_MS = 4_000;
/** An answer that comes later is waited for no longer: the beat behind it has to come in time. */
const ANSWER_MS = 5_000;

const TELL = `
  insert into oppsweep.process (id, host, pid, backend, backend_start, alive_until)
  select $1, $2, $3, a.pid, a.backend_start, clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
  from pg_stat_activity a where a.pid = pg_backend_pid()
  on conflict (id) do update
    set backend = excluded.backend, backend_start = excluded.backend_start, alive_until = excluded.alive_until`;

const LONG_GONE = "delete from oppsweep.process where alive_until < clock_timestamp() - interval '1 day'";

/** A connection of its own: as long as the server has it, this process was not killed. */
export function openPresence(deps: PresenceDependencies): Presence {
  const { place, clock } = deps;
  const id = randomUUID();
  const over = new AbortController();
  const line = openLine(deps, id);
  let begun: Promise<void> | undefined;
  let beating: Promise<void> = Promise.resolve();

  const beat = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await clock.sleep(BEAT_MS, over.signal).catch(() => undefined);
      if (over.signal.aborted) return;
      // Away: the next beat finds it again, or another process has taken over, which whoever writes or calls next is told.
      await line.speak().catch(() => undefined);
    }
  };
  return {
    id,
    begin: () =>
      (begun ??= line
        .speak()
        .then(() => line.ask(LONG_GONE))
        .then(
          () => {
            beating = beat();
          },
          (error: unknown) => {
            begun = undefined;
            line.breakOff();
            throw isAway(error) ? unreachable(place, error) : refusedByStore(place, error);
          },
        )),
    speak: line.speak,
    stretch: line.stretch,
    end: async () => {
      over.abort();
      await beating;
      await line.ask('delete from oppsweep.process where id = $1', [id]).catch(() => undefined);
      await line.close();
    },
  };
}

interface Line extends Pick<Presence, 'speak' | 'stretch'> {
  /** Where there is a connection. */
  readonly ask: (sql: string, values?: readonly unknown[]) => Promise<void>;
  readonly breakOff: () => void;
  readonly close: () => Promise<void>;
}

/** The connection, and since when it is known that the store has heard of this process. */
function openLine({ client: Client, connection, machine, clock }: PresenceDependencies, id: string): Line {
  let client: Client | undefined;
  let saidAt: Moment | undefined;
  let stretches = 0;
  let speaking: Promise<void> | undefined;

  const isHeard = (): boolean => saidAt !== undefined && elapsedMs(saidAt, momentOf(clock)) <= SURE_MS;
  const breakOff = (): void => {
    const gone = client;
    client = undefined;
    saidAt = undefined;
    void gone?.end().catch(() => undefined);
  };
  const connect = async (): Promise<Client> => {
    const fresh = new Client({ ...connection, connectionTimeoutMillis: ANSWER_MS, query_timeout: ANSWER_MS });
    const lost = (): void => {
      if (client === fresh) breakOff();
    };
    fresh.on('error', lost);
    fresh.on('end', lost);
    await fresh.connect();
    return fresh;
  };
  const tell = async (): Promise<void> => {
    const own = (client ??= await connect());
    const sentAt = momentOf(clock);
    await own.query(TELL, [id, machine.host, machine.pid]);
    if (client !== own) throw new Error('Connection terminated behind its answer.');
    if (!isHeard()) stretches += 1;
    saidAt = sentAt;
  };
  const speak = async (): Promise<void> => {
    try {
      await tell();
    } catch (error) {
      breakOff();
      throw error;
    } finally {
      speaking = undefined;
    }
  };
  return {
    speak: () => (speaking ??= speak()),
    stretch: () => (isHeard() ? stretches : undefined),
    ask: async (sql, values = []) => void (await client?.query(sql, [...values])),
    breakOff,
    close: async () => {
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}
