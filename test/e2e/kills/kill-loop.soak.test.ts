import { expect, test } from 'vitest';
import { seededDice } from '../../../src/emulator/faults/seeded-dice.ts';
import type { Dice } from '../../../src/model/clock.ts';
import { cases } from '../../soak.ts';
import { KILL_KINDS } from './kill-kinds.ts';
import { killAfter, killIn, LATENCY, setKillStage, type KillStage } from './kill-stage.ts';
import { expectTheTruth } from './kill-truth.ts';

/** Of each kind; a kill counts in a session that sent a write. */
const KILLS = Math.ceil(cases(500) / KILL_KINDS.length);
/** Of one session before it is killed. */
const MOST_WRITES = 8;
/** More than the killed sessions can come through. */
const ROWS = 30 + 10 * KILLS;
/** A session that is killed while it begins costs its start, and settles nothing. */
const STARTS_KILLED = Math.ceil(KILLS / 5);
const START_MS = 600;

/** Rows that sessions found in doubt, of all kinds: few kills of one may meet none. */
let doubts = 0;

for (const [index, kind] of KILL_KINDS.entries()) {
  test.concurrent(`killed at random moments, ${kind.what} loses nothing, and does nothing twice unawares`, async (task) => {
    const stage = await setKillStage(task, kind, ROWS);
    const dice = seededDice(20_261_123 + index);

    const inDoubt: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) inDoubt.push(await killOnce(stage, dice));
    for (let kill = 0; kill < STARTS_KILLED; kill += 1) await killIn(dice() * START_MS, stage.start());
    const last = await stage.finish();

    expect([0, 1]).toContain(last.code);
    await expectTheTruth(stage, last);
    doubts += sum(inDoubt);
    process.stderr.write(
      `${kind.what}: ${KILLS} kills through ${ROWS} rows, ${sum(inDoubt)} rows found in doubt; ${stage.writes().length} writes\n`,
    );
  });
}

test('the kills met rows that were worth losing', () => {
  expect(doubts).toBeGreaterThan(KILL_KINDS.length / 2);
});

/** How many rows the session found in doubt before it was killed itself. */
async function killOnce(stage: KillStage, dice: Dice): Promise<number> {
  const { stderr } = await killAfter(stage, 1 + Math.floor(dice() * MOST_WRITES), dice() * LATENCY.meanMs);
  return Number(/(\d+) rows? in doubt/.exec(stderr)?.[1] ?? 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
