import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { reportRun, type ReportedRun } from '../../../src/cli/commands/report-run.ts';
import { addRunFlags, type RunFlags } from '../../../src/cli/options/run-flags.ts';
import { fileJob } from '../../../src/cli/options/file-job.ts';
import { runRequestOf } from '../../../src/run/request/run-job-spec.ts';
import type { ProcessContext } from '../../../src/cli/process/process-context.ts';
import { RunError, type RunErrorCode } from '../../../src/model/run-error.ts';
import type { RowStatus } from '../../../src/model/outcome.ts';
import type { Tally } from '../../../src/model/tally.ts';
import { summarise } from '../../../src/store/summary.ts';
import type { RunEnd } from '../../../src/run/run-end.ts';
import { NO_LINES } from '../../../src/store/journal-chain.ts';
import { JOB, sessionOf } from '../../results/samples.ts';
import { emptyTally } from '../../../src/input/rows/input-tally.ts';
import { digestOf } from '../../run/digests.ts';
import { makeContext } from '../fake-context.ts';

const ARGS = ['disassociate', 'my people.csv', '--catalog', 'Sandbox', '--restart'];

async function reported(
  context: ProcessContext,
  command: 'disassociate' | 'undo',
  ...options: readonly string[]
): Promise<ReportedRun> {
  const flags: RunFlags = addRunFlags(new Command()).parse(options, { from: 'user' }).opts();
  const job = { command, operation: 'disassociate', planOnly: false } as const;
  const spec = await fileJob(job, 'my people.csv', { ...flags, header: true }, context);
  const target = {
    catalog: 'Sandbox',
    endpoint: 'emulator',
    url: 'emulator',
    open: () => Promise.reject(new Error('Not here.')),
    account: () => Promise.reject(new Error('Not here.')),
  } as const;
  return {
    spec,
    request: runRequestOf(spec, flags, target, context),
    flags,
    note: () => undefined,
  };
}

function tally(byStatus: Partial<Record<RowStatus, number>>): Tally {
  const rows = Object.values(byStatus).reduce((sum, number) => sum + number, 0);
  return { rows, byStatus, byException: {}, attempts: rows };
}

function finished(byStatus: Partial<Record<RowStatus, number>>, rereads?: number): RunEnd {
  const counts = tally(byStatus);
  const summary = summarise(JOB, {
    command: 'disassociate',
    catalog: 'Sandbox',
    endpoint: 'emulator',
    results: { name: 'my people.results.csv', sha256: 'ab' },
    counts,
    sessions: [sessionOf({ writes: 3, reads: 1, throttles: 0, ...(rereads !== undefined && { rereads }) })],
    finishedAt: '2025-01-31T12:00:02.000Z',
  });
  return { kind: 'finished', tally: counts, digest: digestOf(counts), summary };
}

async function report(
  end: RunEnd,
  ...options: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const { context, said } = makeContext();
  const code = reportRun(end, await reported({ ...context, args: ARGS }, 'disassociate', ...options), {
    ...context,
    args: ARGS,
  });
  return { code, ...said() };
}

describe('reportRun', () => {
  it('exits 0 and says nothing of a next step where every row ended as wished', async () => {
    const { code, out, err } = await report(finished({ disassociated: 2, duplicate: 1 }));
    expect(code).toBe(0);
    expect(out).toBe('');
    expect(err).toContain('Finished: 3 rows read, each with its line in the results.');
    expect(err).not.toContain('Next:');
  });

  it.each<RowStatus>(['failed', 'unknown'])(
    'exits 1 and gives the command to run again where a row is %s',
    async (status) => {
      const { code, err } = await report(finished({ disassociated: 2, [status]: 1 }), '--catalog', 'Sandbox');
      expect(code).toBe(1);
      expect(err).toContain(
        `Run the ${status} ones again: oppsweep disassociate 'my people.results.csv' --only ${status} --catalog Sandbox\n`,
      );
    },
  );

  it('gives no such command for invalid rows alone, which have to be corrected first, and does an undo again', async () => {
    const { code, err } = await report(finished({ disassociated: 2, invalid: 1 }));
    expect(code).toBe(1);
    expect(err).toContain('Next: the columns "message" and "tip"');
    expect(err).not.toContain('again:');
    expect(err).toContain(
      "Once that is done: oppsweep disassociate 'my people.results.csv' --only invalid\n",
    );
    const { context, said } = makeContext();
    reportRun(finished({ failed: 1 }), await reported(context, 'undo'), context);
    expect(said().err).toMatch(/: oppsweep undo .* --restart/);
    expect(said().err).not.toContain('--only');
  });

  it('gives the selection of the run with the command that goes on with its results', async () => {
    const { context, said } = makeContext();
    const run = await reported(context, 'disassociate');
    const inputOptions = {
      ...run.spec.inputOptions,
      where: ['Decision=remove', 'A!=b'],
      entities: ['S-1', 'S-2'],
    };
    reportRun(finished({ invalid: 1 }), { ...run, spec: { ...run.spec, inputOptions } }, context);
    expect(said().err).toContain(
      "--only invalid --where Decision=remove --where 'A!=b' --entities S-1,S-2\n",
    );
  });

  it('says so where opportunities had to be read again', async () => {
    expect((await report(finished({ disassociated: 2 }, 12))).err).toContain(
      '12 opportunities had to be read again',
    );
    expect((await report(finished({ disassociated: 2 }))).err).not.toContain('read again');
  });

  it.each<[RunErrorCode, number]>([
    ['quota_reached', 3],
    ['limit_reached', 3],
    ['access_denied', 3],
    ['interrupted', 130],
    ['terminated', 143],
  ])(
    'a run stopped by %s exits %i, with the command that goes on and without --restart',
    async (code, exitCode) => {
      const reason = new RunError(code, 'It stopped.');
      const done = tally({ disassociated: 1 });
      const end: RunEnd = {
        kind: 'stopped',
        halfReplaced: [],
        done: { input: emptyTally(), rowsToRun: 3, settled: done, inDoubt: 0 },
        digest: digestOf(done),
        reason,
        journal: NO_LINES,
      };
      const told = await report(end, '--quiet');
      expect(told.code).toBe(exitCode);
      expect(told.err).toContain(`Stopped (${code}): It stopped.\n`);
      expect(told.err).toContain('1 of 3 valid rows done:');
      expect(told.err).toContain("Go on:  oppsweep disassociate 'my people.csv' --catalog Sandbox\n");
      expect(told.out).toBe('');
    },
  );

  it('a run that was finished before exits as it did then, and says when that was', async () => {
    const end: RunEnd = {
      kind: 'finished_before',
      tally: tally({ failed: 1 }),
      at: '2025-01-31',
      resultsIntact: false,
    };
    const { code, err } = await report(end);
    expect(code).toBe(1);
    expect(err).toContain('This run is finished since 2025-01-31T00:00Z; nothing was sent now.');
    expect(err).toContain('(changed since the run wrote it)');
  });

  it('prints JSON, and nothing else, with --json --quiet', async () => {
    const { out, err } = await report(finished({ disassociated: 1 }), '--json', '--quiet');
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({ runId: JOB.id, counts: { rows: 1 } });
  });
});
