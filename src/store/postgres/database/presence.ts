import { randomUUID } from 'node:crypto';
import type { Client, ClientConfig } from 'pg';
import type { Machine } from '../../../disk/machine.ts';
import type { Clock } from '../../../model/clock.ts';
import { isAway, refusedByStore, unreachable } from './store-faults.ts';

/** A process's word to the store that it lives: what it holds is its own as long as that is true. */
export interface Presence {
  readonly id: string;
  /** Resolves once the store knows of this process. */
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
}

export interface PresenceDependencies {
  readonly client: new (config: ClientConfig) => Client;
  readonly connection: ClientConfig;
  /** As people are told of the store. */
  readonly place: string;
  readonly machine: Pick<Machine, 'host' | 'pid'>;
  readonly clock: Pick<Clock, 'sleep'>;
}

const BEAT_MS = 4_000;
/** After its last word a process counts as gone, where its connection does not tell. */
export const LEASE_SECONDS = 20;

const TELL = `
  insert into oppsweep.process (id, host, pid, backend, backend_start, alive_until)
  select $1, $2, $3, a.pid, a.backend_start, clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
  from pg_stat_activity a where a.pid = pg_backend_pid()
  on conflict (id) do update
    set backend = excluded.backend, backend_start = excluded.backend_start, alive_until = excluded.alive_until`;

const LONG_GONE = "delete from oppsweep.process where alive_until < clock_timestamp() - interval '1 day'";

/** A connection of its own: as long as the server has it, this process was not killed. */
export function openPresence(deps: PresenceDependencies): Presence {
  const { client: Client, connection, place, machine, clock } = deps;
  const id = randomUUID();
  const over = new AbortController();
  let client: Client | undefined;
  let begun: Promise<void> | undefined;
  let beating: Promise<void> = Promise.resolve();

  const letGo = async (): Promise<void> => {
    const gone = client;
    client = undefined;
    await gone?.end().catch(() => undefined);
  };
  const tell = async (): Promise<void> => {
    if (client === undefined) {
      const fresh = new Client(connection);
      fresh.on('error', () => {
        if (client === fresh) client = undefined;
      });
      await fresh.connect();
      client = fresh;
    }
    await client.query(TELL, [id, machine.host, machine.pid]);
  };
  const forgetOthers = async (): Promise<void> => {
    await client?.query(LONG_GONE);
  };
  const beat = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await clock.sleep(BEAT_MS, over.signal).catch(() => undefined);
      if (over.signal.aborted) return;
      // Away: the next beat finds it again, or another process has taken over, which the next write is told.
      await tell().catch(letGo);
    }
  };
  return {
    id,
    begin: () =>
      (begun ??= tell()
        .then(forgetOthers)
        .then(
          () => {
            beating = beat();
          },
          async (error: unknown) => {
            begun = undefined;
            await letGo();
            throw isAway(error) ? unreachable(place, error) : refusedByStore(place, error);
          },
        )),
    end: async () => {
      over.abort();
      await beating;
      await client?.query('delete from oppsweep.process where id = $1', [id]).catch(() => undefined);
      await letGo();
    },
  };
}
