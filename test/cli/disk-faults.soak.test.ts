import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { describeError } from '../../src/cli/words/describe-end.ts';
import { exitCodeOf } from '../../src/cli/words/hints/stop-codes.ts';
import { realDisk, type Disk } from '../../src/disk/disk.ts';
import { systemClock } from '../../src/disk/system-clock.ts';
import { thisMachine, type Machine } from '../../src/disk/machine.ts';
import { RunError } from '../../src/model/run-error.ts';
import { filesHome } from '../../src/store/files/files-home.ts';
import { createFaultyDisk } from '../disk/faulty-disk.ts';
import { FAULT_STEP } from '../soak.ts';
import { contextThatHears, makeContext, type EndOfCommand, type FakeContext } from './fake-context.ts';

const HEADER = 'Opportunity ID,Entity Type,Entity ID\n';
const ROWS = ['O1,Solutions,S-0000001\n', 'O2,Solutions,S-0000002\n', 'O3,Solutions,S-0000003\n'];

/** A machine on which every process that took a lock before is gone. */
const MACHINE: Machine = { ...thisMachine, processState: async () => ({ alive: false }) };

/** Runs a command line to its end on a disk; anything but a `RunError` is an error of the program's own, and fails the test. */
async function onDisk(disk: Disk, args: readonly string[], stateHome: string): Promise<EndOfCommand> {
  const said = { out: '', err: '' };
  const heard = contextThatHears({
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
  });
  const lent = { disk, machine: MACHINE, clock: systemClock };
  const home = filesHome({ ...lent, env: { XDG_STATE_HOME: stateHome } });
  try {
    const code = await runProgram({ ...heard, ...lent, ...home, args });
    return { code, ...said };
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return { code: exitCodeOf(error.code), out: said.out, err: said.err + describeError(error) };
  }
}

interface Scene {
  readonly args: readonly string[];
  /** The results, once it is finished. */
  readonly results: string;
  readonly status: string;
  readonly run: (disk: Disk, args?: readonly string[]) => Promise<EndOfCommand>;
}

interface Plot {
  readonly command: readonly string[];
  readonly results: string;
  readonly status: string;
  /** What is done on a sound disk beforehand. */
  readonly before: (run: (...args: readonly string[]) => Promise<EndOfCommand>) => Promise<unknown>;
}

const FAST = ['--emulator', '--rate', 'unlimited', '--read-rate', 'unlimited', '--daily-quota', 'unlimited'];

function inFolder(context: FakeContext, words: readonly string[]): readonly string[] {
  const placed = words.map((word) => (word.endsWith('.csv') ? context.at(word) : word));
  return [
    ...placed,
    ...FAST,
    '--emulator-state',
    context.at(words[0] === 'undo' ? 'none.csv' : 'people.csv'),
  ];
}

async function setScene(plot: Plot): Promise<Scene> {
  const context = makeContext();
  context.write('people.csv', HEADER + ROWS.join(''));
  context.write(
    'none.csv',
    HEADER + ROWS.map((row) => row.replace(/,.*/, ',AwsProducts,AmazonEC2')).join(''),
  );
  const run = (disk: Disk, words: readonly string[] = plot.command): Promise<EndOfCommand> =>
    onDisk(disk, inFolder(context, words), context.at('state'));
  await plot.before((...words) => run(realDisk, words));
  return { args: plot.command, results: context.at(plot.results), status: plot.status, run };
}

const RUN: Plot = {
  command: ['disassociate', 'people.csv'],
  results: 'people.results.csv',
  status: 'disassociated',
  before: async () => undefined,
};

const PLOTS: Readonly<Record<string, Plot>> = {
  'a run': RUN,
  'a resume': { ...RUN, before: (run) => run('disassociate', 'people.csv', '--limit', '2') },
  'a restart': {
    ...RUN,
    command: ['disassociate', 'people.csv', '--restart'],
    before: (run) => run('disassociate', 'people.csv'),
  },
  'an undo': {
    command: ['undo', 'people.results.csv'],
    results: 'people.undo.csv',
    status: 'associated',
    before: (run) => run('disassociate', 'people.csv'),
  },
};

describe('on a disk whose Nth call fails', () => {
  const draws = Object.entries(PLOTS).flatMap(([name, plot]) =>
    (['EIO', 'ENOSPC', 'short'] as const).map((kind) => [name, kind, plot] as const),
  );
  it.each(draws)('%s (%s) is told as it is, and the same command goes on', async (_name, kind, plot) => {
    for (let faultAt = 1; ; faultAt += FAULT_STEP) {
      const scene = await setScene(plot);
      const disk = createFaultyDisk(faultAt, kind, true);
      const end = await scene.run(disk);
      expect({ faultAt, told: end.err, ...(await truthOf(scene, end)) }).toEqual({
        faultAt,
        told: end.err,
        ...TRUTH,
      });
      if (disk.calls() < faultAt) break;
    }
  });
});

/** What must hold of every end. */
const TRUTH = { isTold: true, again: 0, lines: [true, true, true] };

/** An end that is none is told as a fault of the disk that passes, with the way on; one that is has its results. Then the same command. */
async function truthOf(scene: Scene, { code, err }: EndOfCommand): Promise<typeof TRUTH> {
  const asStopped = code === 3 && err.includes('results_unwritable') && WAY_ON.test(err);
  const isTold = code === 0 ? existsSync(scene.results) : asStopped;
  const again = await scene.run(
    realDisk,
    scene.args.filter((word) => word !== '--restart'),
  );
  const lines = await linesOf(scene.results);
  return { isTold, again: again.code, lines: lines.map((line) => line.includes(`,${scene.status},`)) };
}

const WAY_ON = /Go on: |the same command again|run this command again/;

async function linesOf(path: string): Promise<readonly string[]> {
  const text = Buffer.from((await realDisk.readWhole(path)) ?? '').toString('utf8');
  return text.trimEnd().split('\n').slice(1);
}
