import { ENTITY_TYPES, type EntityType } from '../../model/entity.ts';
import { RunError } from '../../model/run-error.ts';
import type { Associated } from './associated.ts';
import type { ComparedFile } from './compared-file.ts';
import { differingTerms } from './export-facts.ts';
import { OutOfOrder, sortedAsTheyCome, sortedOnDisk } from './in-order.ts';
import { changesOf, laySideBySide, type Change, type SideBySide } from './lay-side-by-side.ts';
import type { SortSpace } from './sort-space.ts';

/** Associations by what became of them. */
export type ChangeCounts = Record<Change['kind'], number>;

/** What two files differ in. */
export interface Comparison {
  readonly counts: ChangeCounts;
  /** Of the types that either file has. */
  readonly byType: Readonly<Partial<Record<EntityType, ChangeCounts>>>;
  readonly opportunities: {
    readonly alike: number;
    readonly different: number;
    /** Of the different ones, those that one of the files does not name at all. */
    readonly onlyBefore: number;
    readonly onlyAfter: number;
    /** One of the two exports could not read them: of these nothing is claimed. */
    readonly notCompared: number;
  };
  /** Nothing was added or removed, and nothing was left out of the comparison. */
  readonly equal: boolean;
}

export interface Comparing {
  readonly before: ComparedFile;
  readonly after: ComparedFile;
  /** Lines of each file that are held in memory. */
  readonly held?: number;
  readonly space: SortSpace;
}

/** Takes the changes in order; begun again where the files have to be sorted first. */
export interface ChangeSink {
  readonly begin: () => Promise<void>;
  readonly add: (changes: readonly Change[]) => Promise<void>;
}

/**
 * Compares two files, association by association.
 *
 * @throws RunError of code `usage` for results, and for exports of different terms; as the reading of either file does
 */
export async function compareFiles(comparing: Comparing, sink: ChangeSink): Promise<Comparison> {
  refuseOtherTerms(comparing);
  const { space, held } = comparing;
  try {
    return await compareOnce(comparing, sink, (file) => sortedAsTheyCome(file.lines(), held));
  } catch (error) {
    if (!(error instanceof OutOfOrder)) throw error;
    return compareOnce(comparing, sink, (file) => sortedOnDisk(file.lines(), space, held));
  }
}

function refuseOtherTerms({ before, after }: Comparing): void {
  if (before.facts === undefined || after.facts === undefined) return;
  const differing = differingTerms(before.facts, after.facts);
  if (differing.length === 0) return;
  const [left, right] = [before.facts.terms, after.facts.terms];
  const shown = differing.map((name) =>
    name === 'list of opportunities'
      ? `${name}: not the same`
      : `${name}: ${left[name] || 'all'} and ${right[name] || 'all'}`,
  );
  throw new RunError(
    'usage',
    `${before.path} and ${after.path} are exports of different things (${shown.join('; ')}): what one of them leaves out would look like a change.`,
    { code: 'export_alike' },
  );
}

async function compareOnce(
  { before, after }: Comparing,
  sink: ChangeSink,
  inOrder: (file: ComparedFile) => AsyncIterable<Associated>,
): Promise<Comparison> {
  await sink.begin();
  const tally = emptyTally();
  const isUnread = (id: string): boolean =>
    before.facts?.unread.has(id) === true || after.facts?.unread.has(id) === true;
  for await (const pair of laySideBySide(inOrder(before), inOrder(after))) {
    if (isUnread(pair.opportunityId)) {
      tally.opportunities.notCompared += 1;
      continue;
    }
    const changes = changesOf(pair);
    count(tally, pair, changes);
    await sink.add(changes);
  }
  for (const file of [before, after]) refuseNothingToCompare(file);
  const leftOut = tally.opportunities.notCompared + before.counts().invalid + after.counts().invalid;
  return { ...tally, equal: tally.counts.added + tally.counts.removed + leftOut === 0 };
}

/** Not a row of it names an association: its columns may be others than those that were taken. */
function refuseNothingToCompare({ path, counts }: ComparedFile): void {
  const { associations, empty, invalid, firstInvalidRow } = counts();
  if (associations + empty > 0 || invalid === 0) return;
  throw new RunError(
    'input_format',
    `No row of ${path} names an association (the first that should is row ${firstInvalidRow}).`,
    { code: 'check_rows', input: path },
  );
}

type Tally = Pick<Comparison, 'counts'> & {
  readonly opportunities: { -readonly [Name in keyof Comparison['opportunities']]: number };
  readonly byType: Partial<Record<EntityType, ChangeCounts>>;
};

function emptyTally(): Tally {
  return {
    counts: { added: 0, removed: 0, same: 0 },
    byType: {},
    opportunities: { alike: 0, different: 0, onlyBefore: 0, onlyAfter: 0, notCompared: 0 },
  };
}

function count(tally: Tally, { before, after }: SideBySide, changes: readonly Change[]): void {
  const { opportunities, counts, byType } = tally;
  for (const { kind, type } of changes) {
    counts[kind] += 1;
    const ofType = (byType[type] ??= { added: 0, removed: 0, same: 0 });
    ofType[kind] += 1;
  }
  if (changes.every(({ kind }) => kind === 'same')) {
    opportunities.alike += 1;
    return;
  }
  opportunities.different += 1;
  opportunities.onlyBefore += Number(after.length === 0);
  opportunities.onlyAfter += Number(before.length === 0);
}

/** In the table's order. */
export function typesIn({ byType }: Comparison): readonly EntityType[] {
  return ENTITY_TYPES.filter((type) => byType[type] !== undefined);
}
