import { InvalidArgumentError, Option, type Command } from 'commander';
import { DEFAULT_RUN_OPTIONS as DEFAULTS, type TargetOptions } from '../../run/request/run-options.ts';
import { ENTITY_TYPES, type EntityType } from '../../model/entity.ts';
import { CATALOGS } from '../../model/catalog.ts';
import { ENCODINGS } from './input-flags.ts';
import type { Delimiter } from '../../input/records/delimiter.ts';
import { suggestIdentifier } from '../../input/values/suggestions.ts';
import { REVIEW_STATUSES, STAGES } from '../../emulator/partner/opportunity-details.ts';
import { dailyReadQuota, rate, seconds, wholeNumber, writtenFile } from './values/amounts.ts';
import { delimiter, entityType, list, wordsOf } from './values/of-rows.ts';
import { asTyped, reader, type Reader } from './values/reader.ts';
import { outageWaitFlag } from './run-flags.ts';

/** The options of `export`, as commander hands them over. */
export interface ExportFlags extends TargetOptions {
  readonly output?: string;
  readonly entities?: readonly string[];
  readonly types?: readonly EntityType[];
  readonly includeEmpty?: boolean;
  readonly stage?: readonly string[];
  readonly reviewStatus?: readonly string[];
  readonly customer?: readonly string[];
  readonly modifiedAfter?: string;
  readonly createdAfter?: string;
  readonly readRate: number | 'unlimited';
  readonly dailyReadQuota?: number | 'unlimited';
  /** `--no-wait`. */
  readonly wait: boolean;
  readonly concurrency?: number;
  readonly maxAttempts: number;
  readonly timeout: number;
  readonly outageWait: number;
  readonly restart?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** `--no-progress`. */
  readonly progress: boolean;
  readonly opportunityColumn?: string;
  readonly delimiter?: Delimiter;
  readonly encoding?: string;
  readonly sheet?: string;
  readonly visibleOnly?: boolean;
  /** `--no-header`. */
  readonly header: boolean;
}

export function addExportFlags(command: Command): Command {
  addTargetFlags(command);
  addFilterFlags(command);
  addPaceFlags(command);
  addFileFlags(command);
  return command
    .optionsGroup('What is shown:')
    .option('--json', 'print the summary as JSON on standard output')
    .option('--quiet', 'print nothing but errors')
    .option('--no-progress', 'no progress bar or progress lines');
}

function addTargetFlags(command: Command): void {
  command
    .optionsGroup('Where:')
    .addOption(
      new Option('-o, --output <file>', 'the export (default: ids.csv gives ids.export.csv)').argParser(
        writtenFile,
      ),
    )
    .option('--restart', 'rename an earlier export, and begin again')
    .option('--catalog <name>', 'AWS (live) or Sandbox; required', asTyped(CATALOGS))
    .option('--region <name>', 'AWS region', DEFAULTS.region)
    .option('--profile <name>', 'AWS profile, as in the AWS CLI')
    .option('--endpoint-url <url>', 'another endpoint, as in the AWS CLI')
    .option('--ca-bundle <file>', 'certificates to trust (default: as the AWS CLI finds them)')
    .option('--emulator-state <file>', 'an emulator in this process that holds these associations');
}

function addFilterFlags(command: Command): void {
  const listed = (flags: string, description: string): Option =>
    new Option(flags, description).argParser(list);
  command
    .optionsGroup('What is written:')
    .addOption(new Option('--entities <id,…>', 'only associations with these entities').argParser(entities))
    .addOption(new Option('--types <type,…>', 'only associations of these entity types').argParser(types))
    .option('--include-empty', 'a line for each opportunity that holds nothing, too')
    .optionsGroup('Which opportunities are read, where no file names them:')
    .addOption(
      new Option('--stage <stage,…>', `of these stages: ${STAGES.join(', ')}`).argParser(wordsOf(STAGES)),
    )
    .addOption(
      new Option(
        '--review-status <status,…>',
        `of these review statuses: ${REVIEW_STATUSES.join(', ')}`,
      ).argParser(wordsOf(REVIEW_STATUSES)),
    )
    .addOption(listed('--customer <name,…>', 'of these customers; a name with a comma in quotes'))
    .addOption(new Option('--modified-after <date>', 'changed since, such as 2026-01-31').argParser(date))
    .addOption(new Option('--created-after <date>', 'created since').argParser(date));
}

function addPaceFlags(command: Command): void {
  command
    .optionsGroup('Pace:')
    .addOption(
      new Option('--read-rate <n>', 'reads a second, or "unlimited"')
        .argParser(rate)
        .default(DEFAULTS.readRate),
    )
    .addOption(dailyReadQuota())
    .option('--no-wait', 'stop, resumable, when the daily quota is used up, rather than sleep')
    .addOption(
      new Option(
        '--concurrency <n>',
        'calls in flight at most (default: 16, more where the rate needs it)',
      ).argParser(wholeNumber),
    )
    .addOption(
      new Option('--max-attempts <n>', 'tries of one call')
        .argParser(wholeNumber)
        .default(DEFAULTS.maxAttempts),
    )
    .addOption(new Option('--timeout <seconds>', 'of one try').argParser(seconds).default(DEFAULTS.timeout))
    .addOption(outageWaitFlag());
}

function addFileFlags(command: Command): void {
  command
    .optionsGroup('How the file of opportunities is written (found where not given):')
    .option('--opportunity-column <name>', 'column with the opportunity identifier (O1234567)')
    .addOption(new Option('--delimiter <char>', 'what separates cells: , ; | or tab').argParser(delimiter))
    .option('--encoding <name>', 'how text is encoded, such as utf-8 or shift_jis', asTyped(ENCODINGS))
    .option('--no-header', 'the first row is data')
    .option('--sheet <name|n>', 'which sheet of a workbook (default: the only one)')
    .option('--visible-only', 'leave out the hidden and filtered-out rows of a workbook');
}

/** What is no identifier of any type would be sought for hours, and not found. */
function entities(text: string): readonly string[] {
  return list(text).map((entity) => {
    const meant = suggestIdentifier(entity, undefined);
    if (meant === undefined) return entity;
    throw new InvalidArgumentError(`"${entity}" is no identifier. Did you mean ${meant}?`);
  });
}

const types: Reader<readonly EntityType[]> = reader(ENTITY_TYPES, (text) => list(text).map(entityType));

const DATE = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** As ISO 8601 in UTC, to the second, as the service's own clients write it. */
function date(text: string): string {
  const day = DATE.exec(text)?.[1];
  const ms = day !== undefined && isDay(day) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new InvalidArgumentError(
      'It takes a date that there is, such as 2026-01-31, or with the time, such as 2026-01-31T12:00:00Z.',
    );
  }
  return new Date(ms).toISOString().replace(/\.\d+/, '');
}

/** JavaScript takes the 31st of February for the 3rd of March. */
function isDay(day: string): boolean {
  const ms = Date.parse(day);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}
