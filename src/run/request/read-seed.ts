import {
  REVIEW_STATUSES,
  STAGES,
  type OpportunityDetails,
  type SeedLine,
} from '../../emulator/partner/opportunity-details.ts';
import { fileSource } from '../../input/bytes/read-file.ts';
import type { InputOptions } from '../../input/columns/input-options.ts';
import { openInput } from '../../input/open-input.ts';
import { foldName } from '../../input/values/fold-name.ts';
import { parseOpportunityId } from '../../model/entity.ts';
import { attaches } from '../../model/call.ts';
import { writesFor, type Operation } from '../../model/operation.ts';
import type { InputRow, ValidRow } from '../../model/row.ts';
import { RunError } from '../../model/run-error.ts';
import type { RereadableInput } from './survey-input.ts';

type DetailName = keyof OpportunityDetails;

/** The columns that tell an opportunity's details, by their folded names: those of an export, and the API's. */
const DETAIL_COLUMNS: Readonly<Record<DetailName, readonly string[]>> = {
  stage: ['stage', 'lifecyclestage'],
  reviewStatus: ['reviewstatus', 'lifecyclereviewstatus'],
  customer: ['customer', 'customercompanyname', 'customeraccountcompanyname'],
  projectTitle: ['projecttitle'],
  partnerCrmId: ['partnercrmid', 'partneropportunityidentifier'],
  createdMs: ['created', 'createddate'],
  lastModifiedMs: ['lastmodified', 'lastmodifieddate'],
  targetCloseDate: ['targetclosedate', 'lifecycletargetclosedate'],
};

type OperationOf = (row: ValidRow) => Operation;

/**
 * The associations that a file says are there, and what its further columns tell of their opportunities: an export is a
 * state as it stands. A row of an opportunity without an entity says that there is such an opportunity. A stage, review
 * status or date that is none of the service's is left out: people have columns of these names too.
 *
 * @throws RunError `input_format` where any row can't be used: what it names would be missing, and a rehearsal would say so of it
 */
export async function* readState(
  path: string,
  solutions: InputOptions['solutions'],
): AsyncGenerator<SeedLine> {
  const input = { name: path, read: () => fileSource(path).bytes, options: { solutions, isBeside: true } };
  let unusable = 0;
  let first: InvalidRow | undefined;
  for await (const { row, line } of seedRows(input, seedLine)) {
    if (line !== undefined) yield line;
    else if (row.kind === 'invalid') {
      unusable += 1;
      first ??= row;
    }
  }
  if (first !== undefined) throw unusableRows(path, unusable, first);
}

type InvalidRow = Extract<InputRow, { kind: 'invalid' }>;

function unusableRows(path: string, rows: number, { row, problems: [{ message }] }: InvalidRow): RunError {
  const one = rows === 1;
  const those = one ? `Row ${row} of ${path}` : `${rows} rows of ${path}`;
  const missing = `What ${one ? 'it names' : 'they name'} would be missing from the emulator's state.`;
  return new RunError(
    'input_format',
    `${those} can't be used${one ? '' : `, row ${row} the first`}: ${message} ${missing}`,
    { code: 'mend_state', state: path },
  );
}

/** What the rows of a run's own input need to be there: what they remove, nothing that they attach; those that are not run, nothing. */
export async function* readSeed(input: RereadableInput, operationOf?: OperationOf): AsyncGenerator<SeedLine> {
  const before = operationOf && stateBefore(operationOf);
  const lineOf = (row: InputRow): SeedLine | undefined =>
    row.kind === 'valid' && before !== undefined ? before(row) : seedLine(row);
  for await (const { line } of seedRows(input, lineOf)) if (line !== undefined) yield line;
}

interface SeedRow {
  readonly row: InputRow;
  /** Absent where the row says nothing of the state. */
  readonly line: SeedLine | undefined;
}

async function* seedRows(
  input: RereadableInput,
  lineOf: (row: InputRow) => SeedLine | undefined,
): AsyncGenerator<SeedRow> {
  // What is left out of a run exists all the same.
  const options = {
    ...input.options,
    where: undefined,
    entities: undefined,
    replaceWith: undefined,
    replaceMap: undefined,
  };
  const opened = await openInput({ name: input.name, bytes: input.read() }, options);
  const detailsOf = detailsReader(opened.header);
  for await (const batch of opened.batches) {
    for (const row of batch) {
      const line = lineOf(row);
      const details = line && detailsOf(row.cells);
      yield { row, line: line && details ? { ...line, details } : line };
    }
  }
}

function seedLine(row: InputRow): SeedLine | undefined {
  if (row.kind === 'valid') return { opportunityId: row.target.opportunityId, entity: row.target.entity };
  if (row.kind !== 'invalid' && row.kind !== 'skipped') return undefined;
  const { opportunityId: text, entityType, entityId } = row.cleaned;
  const opportunityId = parseOpportunityId(text);
  return opportunityId === undefined || entityType !== '' || entityId !== '' ? undefined : { opportunityId };
}

/** Of each row in turn, what it is to remove; nothing that an earlier write attaches. */
function stateBefore(operationOf: OperationOf): (row: ValidRow) => SeedLine {
  const attached = new Set<string>();
  return (row) => {
    const { opportunityId } = row.target;
    let line: SeedLine = { opportunityId };
    for (const { operation, association } of writesFor(operationOf(row), row.target)) {
      const { entity } = association;
      const key = [opportunityId, entity.type, entity.id].join(' ');
      if (attaches(operation)) attached.add(key);
      else if (!attached.has(key)) line = { opportunityId, entity };
    }
    return line;
  };
}

type Details = Partial<OpportunityDetails>;

/** Undefined where the header has no such column. */
function detailsReader(header: readonly string[]): (cells: readonly string[]) => Details | undefined {
  const names = header.map(foldName);
  const columns = Object.entries(DETAIL_COLUMNS).flatMap(([name, spellings]) => {
    const index = names.findIndex((folded) => spellings.includes(folded));
    // The keys of the record above.
    return index < 0 ? [] : [{ index, read: DETAIL_READERS[name as DetailName] }];
  });
  if (columns.length === 0) return () => undefined;
  return (cells) => {
    const texts = columns.map(({ index, read }) => ({ read, text: cells[index]?.trim() ?? '' }));
    return Object.assign({}, ...texts.map(({ read, text }) => (text === '' ? {} : read(text)))) as Details;
  };
}

const DETAIL_READERS: Readonly<Record<DetailName, (text: string) => Details>> = {
  stage: (text) => told('stage', known(STAGES, text)),
  reviewStatus: (text) => told('reviewStatus', known(REVIEW_STATUSES, text)),
  customer: (text) => told('customer', text),
  projectTitle: (text) => told('projectTitle', text),
  partnerCrmId: (text) => told('partnerCrmId', text),
  createdMs: (text) => told('createdMs', time(text)),
  lastModifiedMs: (text) => told('lastModifiedMs', time(text)),
  targetCloseDate: (text) => told('targetCloseDate', /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined),
};

function told<Name extends DetailName>(name: Name, value: OpportunityDetails[Name] | undefined): Details {
  return value === undefined ? {} : { [name]: value };
}

function known<Word extends string>(words: readonly Word[], text: string): Word | undefined {
  return words.find((word) => word.toLowerCase() === text.toLowerCase());
}

const ISO_8601 = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

function time(text: string): number | undefined {
  const timeMs = ISO_8601.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
