import type { Command } from 'commander';
import { createStopSwitch } from '../../calls/stop/stop-switch.ts';
import { stoppedBySignal } from '../../calls/stop/stop-reasons.ts';
import { fileSource } from '../../input/bytes/read-file.ts';
import { openIds } from '../../input/open-ids.ts';
import type { InputOptions } from '../../input/open-input.ts';
import { exportPlaces } from '../../export/folder/export-places.ts';
import { exportUnderWay } from '../../export/folder/open-export.ts';
import { exportJob, type ExportDependencies, type ExportEnd } from '../../run/export-job.ts';
import { DEFAULT_RUN_OPTIONS, realLimitsOf } from '../../run/request/run-options.ts';
import { runTargetOf } from '../../run/request/run-target.ts';
import { describeExported, describeExportStopped } from '../words/describe-export.ts';
import { EXIT, exitCodeWithin } from '../words/hints/stop-codes.ts';
import { addExportFlags, type ExportFlags } from '../options/export-flags.ts';
import { exportRequestOf, idOptionsOf, outputOf } from '../options/export-request.ts';
import { targetContextOf } from '../options/target-context.ts';
import { optimizeLate } from '../process/optimize-late.ts';
import { createExportScreen } from '../screen/export-screen.ts';
import { sameCommand, withOptions } from '../options/same-command.ts';
import { settleChoices } from '../screen/settle-choices.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** `oppsweep export`: what is associated now, by reading alone. */
export function furnishExport(command: Command, context: ProcessContext, exit: (code: number) => void): void {
  command
    .description(
      'Reads opportunities and writes one line an association, as a CSV that every other command takes as input. Changes nothing. Without a file the whole pipeline is listed.',
    )
    .argument('[ids]', 'CSV file that names opportunities; its other columns are not read')
    .addHelpText('after', HELP);
  addExportFlags(command).action(async (ids: string | undefined, flags: ExportFlags) => {
    exit(await runExportCommand(ids, flags, context));
  });
}

const HELP = `
Examples:
  oppsweep export --catalog AWS --entities S-0000001 -o carriers.csv   # every opportunity that carries S-0000001
  oppsweep export ids.csv --catalog AWS -o now.csv                     # what these opportunities hold now
`;

async function runExportCommand(
  ids: string | undefined,
  asked: ExportFlags,
  process: ProcessContext,
): Promise<number> {
  const startedMs = process.clock.monotonicMs();
  optimizeLate();
  const target = await runTargetOf(asked, targetContextOf(process));
  const { flags, context } = await settledExport(ids, asked, process);
  const request = exportRequestOf(ids, flags, { target, context });
  const stopSwitch = createStopSwitch();
  const screen = createExportScreen(flags, context);
  context.onStopSignal((signal) => {
    stopSwitch.stop(stoppedBySignal(signal));
    screen.stopping(signal);
  });
  const deps: ExportDependencies = {
    ...context,
    stopSwitch,
    openService: () =>
      target.open(NO_ROWS, {
        ...context,
        limits: realLimitsOf({ ...DEFAULT_RUN_OPTIONS, ...flags }),
        writes: 'look',
        userAgent: `oppsweep|${context.version}`,
        purpose: request.target.purpose,
        signal: stopSwitch.signal,
        helperSlow: screen.helperSlow,
      }),
  };
  let end: ExportEnd;
  try {
    end = await exportJob(request, deps, screen.events);
  } finally {
    screen.end();
  }
  const tookMs = context.clock.monotonicMs() - startedMs;
  return reportExport(end, { output: request.target.output, flags, tookMs }, context);
}

/** Whoever is at the terminal chooses where two columns or sheets may be meant; the export that goes on has it from the first time. */
async function settledExport(
  ids: string | undefined,
  flags: ExportFlags,
  context: ProcessContext,
): Promise<{ readonly flags: ExportFlags; readonly context: ProcessContext }> {
  if (ids === undefined || ids === '-') return { flags, context };
  const look = async (options: InputOptions): Promise<void> => {
    const opened = await openIds(fileSource(ids), options);
    await opened.close();
  };
  const earlier = (): Promise<InputOptions> => chosenBefore(ids, flags, context);
  const { options, words } = await settleChoices(
    { name: ids, look, ...(flags.restart !== true && { earlier }) },
    idOptionsOf(flags),
    context.terminal,
  );
  const { opportunityColumn, sheet } = options;
  const chosen = {
    ...flags,
    ...(opportunityColumn !== undefined && { opportunityColumn }),
    ...(sheet !== undefined && { sheet }),
  };
  return { flags: chosen, context: { ...context, args: withOptions(context.args, words) } };
}

async function chosenBefore(
  ids: string,
  flags: ExportFlags,
  { disk }: ProcessContext,
): Promise<InputOptions> {
  return (await exportUnderWay(outputOf(ids, flags), disk))?.chosen ?? {};
}

/** An emulator is never seeded from what an export reads: `--emulator-state` is. */
const NO_ROWS = {
  name: 'none',
  options: {},
  read: async function* (): AsyncGenerator<Uint8Array> {
    // Nothing to read.
  },
};

function reportExport(
  end: ExportEnd,
  told: { readonly output: string; readonly flags: ExportFlags; readonly tookMs: number },
  context: ProcessContext,
): number {
  const { flags, tookMs } = told;
  const places = exportPlaces(told.output);
  const { terminal } = context;
  if (end.kind === 'finished') {
    if (flags.json === true) terminal.out(`${JSON.stringify(end.summary, null, 2)}\n`);
    if (flags.quiet !== true) terminal.err(describeExported(end.summary, places, tookMs));
    return end.summary.counts.unread === 0 ? EXIT.settled : EXIT.someNot;
  }
  const { reason, kept } = end;
  if (flags.json === true) {
    terminal.out(`${JSON.stringify({ stopped: reason.code, message: reason.message }, null, 2)}\n`);
  }
  terminal.err(describeExportStopped({ reason, kept }, places, sameCommand(context)));
  return exitCodeWithin(reason.code);
}
