import type { Command } from 'commander';
import { assertNever } from '../../model/fault.ts';
import { findRecord } from '../../run/record/find-record.ts';
import { readStatus, type RunStatus } from '../../run/record/read-status.ts';
import { verifyRun, type Verification } from '../../run/record/verify-run.ts';
import type { RunPlaces } from '../../store/run-store.ts';
import { count, counted, moment, span } from '../words/amounts.ts';
import { tallyLines } from '../words/describe-end.ts';
import { EXIT } from '../words/hints/stop-codes.ts';
import type { ProcessContext } from '../process/process-context.ts';

interface StatusFlags {
  readonly json?: boolean;
  readonly verify?: boolean;
}

/** `oppsweep status`: where a running, stopped or finished run stands. */
export function addStatusCommand(
  program: Command,
  context: ProcessContext,
  exit: (code: number) => void,
): void {
  program
    .command('status')
    .summary('where a running, stopped or finished run stands')
    .description(
      'Reads a run’s folder, from another terminal while it goes or at any time after; changes nothing.',
    )
    .argument('<results>', 'the run’s results, its folder, or the partial results in it')
    .option('--verify', 'check that input copy and results are what the run left, and that the counts add up')
    .option('--json', 'print it as JSON on standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  oppsweep status people.results.csv\n  oppsweep status people.oppsweep --json\n',
    )
    .action(async (named: string, flags: StatusFlags) => {
      exit(await status(named, flags, context));
    });
}

async function status(named: string, flags: StatusFlags, context: ProcessContext): Promise<number> {
  const run = await findRecord(named, context.runs);
  const found = await readStatus(run);
  const verification = flags.verify === true ? await verifyRun(run, found) : undefined;
  if (flags.json === true) context.terminal.out(`${JSON.stringify({ ...found, verification }, null, 2)}\n`);
  else
    context.terminal.out(
      describeStatus(found, run.places, context.clock.wallMs()) + describeVerification(verification),
    );
  return verification === undefined || verification.sound ? EXIT.settled : EXIT.someNot;
}

function describeStatus(found: RunStatus, places: RunPlaces, nowMs: number): string {
  const { input, rowsToRun, settled, inDoubt, end } = found;
  const lines =
    end === undefined
      ? [
          `${count(settled.rows)} of ${counted(rowsToRun, 'valid row')} done${inDoubt === 0 ? '' : `, ${count(inDoubt)} in doubt`}` +
            ` (beside them ${count(input.invalid)} invalid, ${count(input.duplicate)} duplicate):`,
          ...tallyLines(settled),
          ...outlookLines(found, nowMs),
        ]
      : [`${counted(input.rows, 'row')}:`, ...tallyLines(end.tally)];
  const file = end === undefined ? `So far: ${places.partialResults}` : `Results: ${places.results}`;
  return [
    `${found.job.input.name}: ${stateWords(found)}`,
    ...lines,
    ...faultLines(found, nowMs),
    file,
    '',
  ].join('\n');
}

function stateWords({ state, holder, end, job }: RunStatus): string {
  switch (state) {
    case 'running':
      return `running, by process ${holder?.pid ?? 0} on ${holder?.host ?? ''} since ${holder?.since ?? ''}`;
    case 'finished':
      return `finished ${end?.at ?? ''}`;
    case 'stopped':
      return `stopped; no process works on it (begun ${job.at})`;
    default:
      return assertNever(state);
  }
}

function outlookLines({ quota, rowsPerSecond, expectedFinishMs, state }: RunStatus, nowMs: number): string[] {
  const lines: string[] = [];
  if (rowsPerSecond !== undefined && state === 'running') {
    lines.push(`Rate: ${rowsPerSecond.toFixed(2)} rows a second lately`);
  }
  if (quota !== undefined) {
    const frees = quota.freesAtMs === undefined ? '' : `, frees ${moment(quota.freesAtMs, nowMs)}`;
    const left = quota.leftInDay === 'unlimited' ? 'no limit' : `${count(quota.leftInDay)} left`;
    lines.push(`Quota: ${counted(quota.usedInDay, 'write')} in the last 24 hours, ${left}${frees}`);
  }
  if (expectedFinishMs !== undefined) {
    const when = `${moment(expectedFinishMs, nowMs)} (in ${span(Math.max(0, expectedFinishMs - nowMs))})`;
    lines.push(`Finish: ${when}${state === 'running' ? '' : ', if it goes on now'}`);
  }
  return lines;
}

function faultLines({ lastFaults }: RunStatus, nowMs: number): string[] {
  if (lastFaults.length === 0) return [];
  const faults = lastFaults.map(({ atMs, exception }) => `${exception} at ${moment(atMs, nowMs)}`);
  return [`Last exceptions: ${faults.join(', ')}`];
}

function describeVerification(verification: Verification | undefined): string {
  if (verification === undefined) return '';
  const lines = verification.checks.map(
    ({ what, sound, found }) => `  ${sound ? 'ok ' : 'BAD'}  ${what}${sound ? '' : `: ${found}`}`,
  );
  return ['Verified:', ...lines, ''].join('\n');
}
