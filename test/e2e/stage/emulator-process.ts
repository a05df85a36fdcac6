import type { EmulatorCounts, ServedCall } from '../../../src/emulator/call-log.ts';
import type { ScriptedFault } from '../../../src/emulator/faults/fault-plan.ts';
import { startProgram, type Ended, type Surroundings } from './program.ts';

/** Partner Central on loopback, in a process of its own. */
export interface EmulatorProcess {
  readonly url: string;
  readonly port: number;
  /** What `oppsweep emulator` tells its user to export. */
  readonly env: Readonly<Record<string, string>>;
  /** Its own record, in the order of arrival. */
  readonly calls: () => Promise<readonly ServedCall[]>;
  readonly counts: () => Promise<EmulatorCounts>;
  /** What is associated now, one `O1 Solutions S-0000001` each. */
  readonly held: () => Promise<readonly string[]>;
  readonly script: (faults: readonly ScriptedFault[]) => Promise<void>;
  /** Ends what is left of the script: an outage is over. */
  readonly clearScript: () => Promise<void>;
  readonly stop: () => Promise<Ended>;
}

/** Neither rate nor quota, so that a test sets the one it is about. */
const UNLIMITED = ['--rate', 'unlimited', '--read-rate', 'unlimited', '--daily-quota', 'unlimited'];

/** Starts `oppsweep emulator`; a later option wins over an earlier one. */
export async function startEmulatorProcess(
  surroundings: Surroundings,
  options: readonly string[],
): Promise<EmulatorProcess> {
  const running = startProgram(['emulator', ...UNLIMITED, ...options], surroundings);
  await running.says(/AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING=\S+\n/);
  const [exported] = await running.says(/(export \w+=\S+\n)+/);
  const env = Object.fromEntries(
    [...exported.matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name ?? '', value ?? '']),
  );
  const url = env['AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING'] ?? '';
  return {
    url,
    port: Number(new URL(url).port),
    env,
    // The emulator's own words, in the shapes that it exports.
    calls: async () => (await linesOf(url, 'calls')) as ServedCall[],
    counts: async () => (await (await fetch(`${url}/_emulator/counts`)).json()) as EmulatorCounts,
    held: async () => (await linesOf(url, 'state')).map((held) => Object.values(held as object).join(' ')),
    script: async (faults) => {
      const answer = await fetch(`${url}/_emulator/script`, { method: 'POST', body: JSON.stringify(faults) });
      if (answer.status !== 204) throw new Error(`The emulator refused the script: ${answer.status}`);
    },
    clearScript: async () => {
      await fetch(`${url}/_emulator/script`, { method: 'DELETE' });
    },
    stop: () => {
      running.send('SIGTERM');
      return running.ended;
    },
  };
}

async function linesOf(url: string, what: 'calls' | 'state'): Promise<unknown[]> {
  const text = await (await fetch(`${url}/_emulator/${what}`)).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}
