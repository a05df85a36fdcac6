import { expect, test } from 'vitest';
import { tellRuns } from '../../../../src/cli/commands/fleet/tell-runs.ts';
import type { FleetRun } from '../../../../src/store/fleet/fleet-store.ts';

const RUN: FleetRun = {
  fleet: 'spring',
  options: '{}',
  account: '111122223333',
  inputName: 'a.csv',
  rows: 3,
  rowsToRun: 3,
  state: 'queued',
  nextAtMs: undefined,
  stop: undefined,
};
const NAME = '111122223333/spring';
const held = (pid: number) =>
  ({
    kind: 'again',
    inMs: 5_000,
    stop: { code: 'account_held', message: `It is held by process ${pid}.` },
  }) as const;

test('a run that others hold is told of at its beginning, every ten minutes, where another holds it, and at its end', () => {
  const said: string[] = [];
  let nowMs = 0;
  const runs = tellRuns((words) => said.push(words), { monotonicMs: () => nowMs });
  for (; nowMs <= 11 * 60_000; nowMs += 5_000) {
    runs.began(RUN);
    runs.ended(RUN, held(17));
  }
  runs.began(RUN);
  runs.ended(RUN, held(18));
  runs.began(RUN);
  runs.underWay(RUN);
  runs.ended(RUN, { kind: 'finished' });
  const waits = (pid: number): string =>
    `${NAME}  waits until it is let go (account_held): It is held by process ${pid}.`;
  expect(said).toEqual([
    `${NAME}  taken up`,
    waits(17),
    waits(17),
    waits(18),
    `${NAME}  taken up: nobody else holds it any more`,
    `${NAME}  finished`,
  ]);
});
