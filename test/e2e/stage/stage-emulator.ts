import type { EmulatorCounts, ServedCall } from '../../../src/emulator/call-log.ts';
import type { ScriptedFault } from '../../../src/emulator/faults/fault-plan.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { contextThatHears } from '../../cli/fake-context.ts';
import type { Test } from './work-folder.ts';

/** Partner Central on loopback. */
export interface StageEmulator {
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
  /** The external id that a role asks for, by the role's ARN. */
  readonly demand: (externalIds: Readonly<Record<string, string>>) => Promise<void>;
  /** Ends what is left of the script: an outage is over. */
  readonly clearScript: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Neither rate nor quota, so that a test sets the one it is about. */
const UNLIMITED = ['--rate', 'unlimited', '--read-rate', 'unlimited', '--daily-quota', 'unlimited'];

/**
 * Starts `oppsweep emulator` inside the test's own process, which is the other side of the program under test; a later
 * option wins over an earlier one.
 */
export async function startStageEmulator(
  task: Test,
  seed: string,
  options: readonly string[],
): Promise<StageEmulator> {
  const { exported, stop } = await serve(['emulator', ...UNLIMITED, '--seed', seed, ...options]);
  task.onTestFinished(stop);
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
    script: (faults) => tell(url, 'script', faults),
    demand: (externalIds) => tell(url, 'roles', externalIds),
    clearScript: async () => {
      await fetch(`${url}/_emulator/script`, { method: 'DELETE' });
    },
    stop,
  };
}

interface Serving {
  /** The lines to paste. */
  readonly exported: string;
  readonly stop: () => Promise<void>;
}

/** Resolves once it listens. */
async function serve(args: readonly string[]): Promise<Serving> {
  let exported = '';
  const hears = contextThatHears({ out: (text) => (exported += text), err: () => undefined });
  return new Promise((resolve, reject) => {
    const ended = runProgram({
      ...hears,
      args,
      onStopSignal: (listener) => {
        const stop = async (): Promise<void> => {
          listener('SIGTERM');
          await ended;
        };
        resolve({ exported, stop });
      },
    });
    ended.catch(reject);
  });
}

async function tell(url: string, what: 'script' | 'roles', told: unknown): Promise<void> {
  const answer = await fetch(`${url}/_emulator/${what}`, { method: 'POST', body: JSON.stringify(told) });
  if (answer.status !== 204) throw new Error(`The emulator refused the ${what}: ${answer.status}`);
}

async function linesOf(url: string, what: 'calls' | 'state'): Promise<unknown[]> {
  const text = await (await fetch(`${url}/_emulator/${what}`)).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}
