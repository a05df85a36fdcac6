import { fileSource } from '../../input/bytes/read-file.ts';
import { RunError } from '../../model/run-error.ts';
import type { ExportRequest } from '../../run/export-job.ts';
import { defaultResultsPath } from '../../run/request/default-results.ts';
import { concurrencyOf, DEFAULT_RUN_OPTIONS } from '../../run/request/run-options.ts';
import type { RunTarget } from '../../run/request/run-target.ts';
import { commandLine } from '../words/hints/shell-words.ts';
import type { ProcessContext } from '../process/process-context.ts';
import type { ExportFlags } from './export-flags.ts';

const RETRY_BASE_MS = 500;
const RETRY_CAP_MS = 20_000;

/** The service's own bound on each filter. */
const MOST_VALUES = 10;

interface Meant {
  readonly target: RunTarget;
  readonly context: ProcessContext;
}

/** The export that a command and its flags ask for; throws a `RunError` of code `usage` for what can't be meant. */
export function exportRequestOf(
  ids: string | undefined,
  flags: ExportFlags,
  { target, context }: Meant,
): ExportRequest {
  const filters = filtersOf(flags);
  refuseFilters(ids, filters);
  const { entities = [], types = [], includeEmpty = false } = flags;
  const selection = { entities, types, includeEmpty };
  const { opportunityColumn, sheet } = flags;
  return {
    target: {
      output: outputOf(ids, flags),
      terms: {
        catalog: target.catalog,
        endpoint: target.endpoint,
        opportunities: ids === undefined ? 'the pipeline' : 'a file',
        filters: JSON.stringify(filters),
        selection: JSON.stringify(selection),
      },
      chosen: { opportunityColumn, sheet },
      tool: `oppsweep ${context.version}`,
      purpose: ids === undefined ? 'oppsweep export' : commandLine({ command: 'export', file: ids }),
      restart: flags.restart === true,
    },
    ids: ids === undefined ? undefined : { source: sourceOf(ids, context), options: idOptionsOf(flags) },
    filters,
    selection,
    retryPolicy: { maxAttempts: flags.maxAttempts, baseMs: RETRY_BASE_MS, capMs: RETRY_CAP_MS },
    // One part of them calls; the others wait for their turn, or between two tries.
    ahead: concurrencyOf({ ...DEFAULT_RUN_OPTIONS, ...flags }) * 3,
    outageWaitMs: flags.outageWait * 60_000,
  };
}

function filtersOf(flags: ExportFlags): ExportRequest['filters'] {
  const { stage, reviewStatus, customer, modifiedAfter, createdAfter } = flags;
  return {
    ...(stage !== undefined && { stages: stage }),
    ...(reviewStatus !== undefined && { reviewStatuses: reviewStatus }),
    ...(customer !== undefined && { customers: customer }),
    ...(modifiedAfter !== undefined && { modifiedAfter }),
    ...(createdAfter !== undefined && { createdAfter }),
  };
}

function refuseFilters(ids: string | undefined, filters: ExportRequest['filters']): void {
  if (ids !== undefined && Object.keys(filters).length > 0) {
    throw new RunError(
      'usage',
      `${ids} names the opportunities, and filters of the pipeline are given, too.`,
      {
        code: 'leave_filters_or_file',
      },
    );
  }
  const { stages = [], reviewStatuses = [], customers = [] } = filters;
  if ([stages, reviewStatuses, customers].some((values) => values.length > MOST_VALUES)) {
    throw new RunError('usage', `A filter has more than ${MOST_VALUES} values.`, {
      code: 'check_export_filters',
    });
  }
}

/** The path that an export is to have; throws a `RunError` of code `usage` where it has none. */
export function outputOf(ids: string | undefined, { output }: ExportFlags): string {
  if (output !== undefined) return output;
  if (ids !== undefined && ids !== '-') return defaultResultsPath(ids, 'export', false);
  throw new RunError('usage', 'The export has no name.', { code: 'name_export' });
}

function sourceOf(
  ids: string,
  { standardInput }: ProcessContext,
): NonNullable<ExportRequest['ids']>['source'] {
  return ids === '-' ? { name: 'standard input', bytes: standardInput } : fileSource(ids);
}

/** Options under which the file that names opportunities is read. */
export function idOptionsOf(flags: ExportFlags): NonNullable<ExportRequest['ids']>['options'] {
  const { opportunityColumn, delimiter, encoding, header, sheet, visibleOnly } = flags;
  return { opportunityColumn, delimiter, encoding, noHeader: !header, sheet, visibleOnly };
}
