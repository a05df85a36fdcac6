import { describe, expect, test } from 'vitest';
import { seededDice } from '../../../src/emulator/faults/seeded-dice.ts';
import type { ServedCall } from '../../../src/emulator/call-log.ts';
import type { Dice } from '../../../src/model/clock.ts';
import { postgresFolder } from '../../postgres/binaries.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { cases } from '../../soak.ts';
import { fleetStage, type FleetStage } from '../stage/fleet-stage.ts';
import type { Running } from '../stage/program.ts';
import { parseResults, type ResultLine } from '../stage/results-file.ts';
import { accountsOf, isWrite, removalsByAssociation, unwarrantedRepeats } from '../stage/server-record.ts';
import { hasStores } from './hosts.ts';
import { standStill } from './stand-still.ts';

const KILLS = cases(100);
const ACCOUNTS = 20;
/** More than the killed workers can come through: whoever has something in hand lives for 1.5 seconds, at 4 rows a second. */
const ROWS = 8 + 6 * KILLS;
/** A survivor has a place for each run: what waits for a place is no takeover. */
const RUNS = String(ACCOUNTS);
/** Of a worker that has taken something up, until it is killed. */
const LIFE_MS = 1_500;
const TAKEOVER_MS = 30_000;
const PACE = ['--rate', '4', '--read-rate', 'unlimited', '--daily-quota', 'unlimited', '--read-lag', '0'];
const HOLDERS = cases(30);
const HOLDERS_AT_ONCE = 6;
const ROWS_OF_ONE = 200;

/** A worker that was killed: when, and what it had in hand. */
interface Kill {
  readonly atMs: number;
  readonly accounts: readonly string[];
}

describe.skipIf(postgresFolder() === undefined || !hasStores)('what a store holds is taken over', () => {
  const postgres = postgresForFile();

  test.concurrent('from workers of a fleet that are killed, within 30 seconds: each row is sent once, and nothing repeated blindly', async (task) => {
    const stage = await fleetStage(task, await postgres.database(), { accounts: ACCOUNTS, rows: ROWS });
    const { oppsweep, emulator, folder, accounts } = stage;
    const submitted = await oppsweep('fleet', 'submit', 'in/fleet.csv', '--catalog', 'Sandbox', ...PACE);
    expect(submitted.code).toBe(0);

    const kills = await killAtRandom(stage, seededDice(20_261_127));
    expect((await oppsweep('fleet', 'results', 'fleet', '-o', 'out')).code).toBe(0);

    const lines = accounts.flatMap((of) => parseResults(folder.read(`out/${of}/fleet.results.csv`)));
    expect(lines.map(({ status }) => status)).toEqual(lines.map(() => 'disassociated'));
    expect(new Set(accountsOf(lines).map(({ association }) => association)).size).toBe(ACCOUNTS * ROWS);
    expect(await emulator.held()).toEqual([]);
    const calls = await emulator.calls();
    const changes = [...removalsByAssociation(calls).values()].map(
      (own) => own.filter(({ changed }) => changed).length,
    );
    expect(changes).toEqual(Array.from({ length: ACCOUNTS * ROWS }, () => 1));
    expect(unwarrantedRepeats(calls)).toEqual([]);
    const takeovers = takeoversOf(stage, lines, kills, calls);
    process.stderr.write(
      `${KILLS} kills of workers, ${takeovers.length} runs taken over, the slowest after ${(Math.max(...takeovers) / 1_000).toFixed(1)} s; ${calls.filter(isWrite).length} writes for ${ACCOUNTS * ROWS} rows, ${unwarrantedRepeats(calls).length} repeated blindly\n`,
    );
    // On a busy machine most are killed again before their first call.
    expect(takeovers.length).toBeGreaterThan(0);
    expect(Math.max(...takeovers)).toBeLessThanOrEqual(TAKEOVER_MS);
  });

  test.concurrent('from holders that stood still for longer than their word lasts: no call once they go on, but the one that was being written', async (task) => {
    const url = await postgres.database();
    const stage = await fleetStage(task, url, { accounts: HOLDERS, rows: ROWS_OF_ONE });
    const dice = seededDice(20_261_128);
    const late: ServedCall[] = [];
    for (let first = 0; first < HOLDERS; first += HOLDERS_AT_ONCE) {
      const batch = stage.accounts
        .slice(first, first + HOLDERS_AT_ONCE)
        .map((account) => ({ account, share: dice() }));
      const calls = await Promise.all(batch.map((one) => standStill(one, stage, url)));
      late.push(...calls.flat());
    }
    expect(await stage.emulator.held()).toEqual([]);
    const writes = late.filter(isWrite).length;
    process.stderr.write(
      `${HOLDERS} holders stood still for longer than their word: ${writes} writes after the takeover, each noted before it and settled by a read, and ${late.length - writes} reads; of each holder one call at most, which was being written as it was stopped\n`,
    );
  });
});

/** Two workers at any time; one of those that have taken something up is killed a while later, and replaced. Resolves once all is done. */
async function killAtRandom({ begin }: FleetStage, dice: Dice): Promise<readonly Kill[]> {
  const worker = (): Running => begin('worker', '--drain', '--runs', RUNS);
  const workers = [worker(), worker()];
  const kills: Kill[] = [];
  while (kills.length < KILLS) {
    const working = workers.map(async (one) => one.says(/taken up/).then(() => one));
    const chosen = await Promise.race(dice() < 0.5 ? working : working.toReversed());
    await new Promise((resolve) => setTimeout(resolve, dice() * LIFE_MS));
    const atMs = Date.now();
    chosen.send('SIGKILL');
    kills.push({ atMs, accounts: inHand((await chosen.ended).stderr) });
    workers[workers.indexOf(chosen)] = worker();
  }
  const last = await Promise.all(workers.map(({ ended }) => ended));
  expect(last.map(({ code }) => code)).toEqual([0, 0]);
  return kills;
}

/** What a worker told that it took up, and not that it let go. */
function inHand(stderr: string): readonly string[] {
  const held = new Set<string>();
  for (const [, account = '', what] of stderr.matchAll(/(\d{12})\/fleet {2}(taken up)?/g)) {
    if (what === undefined) held.delete(account);
    else held.add(account);
  }
  return [...held];
}

/** From each kill to the next call of each account that the killed worker had, by the emulator's clock; ms. */
function takeoversOf(
  { rows, accounts }: FleetStage,
  lines: readonly ResultLine[],
  kills: readonly Kill[],
  calls: Awaited<ReturnType<FleetStage['emulator']['calls']>>,
): readonly number[] {
  expect(lines).toHaveLength(rows.length);
  const accountOf = new Map(
    rows.map(({ opportunityId }, index) => [opportunityId, accounts[Math.floor(index / ROWS)]]),
  );
  const times = new Map<string, number[]>();
  for (const { opportunityId = '', at } of calls) {
    const account = accountOf.get(opportunityId);
    if (account !== undefined) times.set(account, [...(times.get(account) ?? []), Date.parse(at)]);
  }
  return kills.flatMap(({ atMs, accounts: held }, index) =>
    held.flatMap((account) => {
      const next = times.get(account)?.find((time) => time > atMs);
      // Whoever took it over may have been killed before its first call: that kill's own takeover counts then.
      const killedAgain = kills
        .slice(index + 1)
        .some((kill) => kill.accounts.includes(account) && kill.atMs < (next ?? 0));
      return next === undefined || killedAgain ? [] : [next - atMs];
    }),
  );
}
