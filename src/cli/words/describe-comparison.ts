import type { ComparedFile } from '../../export/compare/compared-file.ts';
import { typesIn, type ChangeCounts, type Comparison } from '../../export/compare/compare-files.ts';
import { count, counted } from './amounts.ts';

/** A comparison, and whose it is. */
export interface ToldComparison {
  readonly comparison: Comparison;
  readonly before: ComparedFile;
  readonly after: ComparedFile;
  /** The file of changes, where one was written, and its lines. */
  readonly output: string | undefined;
  readonly lines: number;
}

/** A comparison in words. */
export function describeComparison({ comparison, before, after, output, lines }: ToldComparison): string {
  const { equal, opportunities } = comparison;
  return [
    ...fileLines(before),
    ...fileLines(after),
    ...table(comparison),
    verdict(comparison),
    ...onlyIn(opportunities.onlyBefore, before, after),
    ...onlyIn(opportunities.onlyAfter, after, before),
    ...(opportunities.notCompared > 0
      ? [
          `  ${counted(opportunities.notCompared, 'opportunity')} could not be read by one of the exports: of these nothing is claimed.`,
        ]
      : []),
    ...(output === undefined
      ? equal
        ? []
        : ['--output FILE writes a line for each change.']
      : [`Changes: ${output} (${counted(lines, 'line')})`]),
    '',
  ].join('\n');
}

function fileLines({ path, facts, counts }: ComparedFile): readonly string[] {
  const { associations, empty, invalid, firstInvalidRow, changed } = counts();
  const exported = facts === undefined ? '' : `, exported ${facts.finishedAt}`;
  return [
    `${path}: ${counted(associations, 'association')}${exported}`,
    ...(empty > 0 ? [`  ${counted(empty, 'row')} of opportunities that hold nothing`] : []),
    ...(invalid > 0
      ? [
          `  ${counted(invalid, 'row')} left out of the comparison, since no association is named there (${invalid > 1 ? 'the first is ' : ''}row ${firstInvalidRow}); oppsweep check tells why`,
        ]
      : []),
    ...(changed ? ['  it is no longer as it was exported'] : []),
  ];
}

const KINDS = ['removed', 'added', 'same'] as const;

function table(comparison: Comparison): readonly string[] {
  const types = typesIn(comparison);
  if (types.length === 0) return [];
  const none = { added: 0, removed: 0, same: 0 };
  const rows: (readonly [string, ChangeCounts])[] = types.map((type) => [
    type,
    comparison.byType[type] ?? none,
  ]);
  if (types.length > 1) rows.push(['together', comparison.counts]);
  const wide = Math.max(...rows.map(([name]) => name.length));
  const line = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(wide)}  ${cells.map((cell) => cell.padStart(9)).join('  ')}`;
  return [
    line('', KINDS),
    ...rows.map(([name, counts]) =>
      line(
        name,
        KINDS.map((kind) => count(counts[kind])),
      ),
    ),
  ];
}

function verdict({ equal, counts, opportunities }: Comparison): string {
  if (equal) return `Equal: both hold the same ${counted(counts.same, 'association')}.`;
  if (opportunities.different === 0) return 'No difference in what could be compared, which is not all.';
  return `Different: ${counted(opportunities.different, 'opportunity')} ${opportunities.different === 1 ? 'differs' : 'differ'}, ${count(opportunities.alike)} ${opportunities.alike === 1 ? 'is' : 'are'} alike.`;
}

function onlyIn(opportunities: number, file: ComparedFile, other: ComparedFile): readonly string[] {
  if (opportunities === 0) return [];
  return [
    `  ${count(opportunities)} of them ${opportunities === 1 ? 'stands' : 'stand'} in ${file.path} alone: ${whyNotIn(other, file, opportunities === 1 ? 'it' : 'them')}.`,
  ];
}

/** Absence is no proof: a filter may have ceased to list it. Those that an export could not read are not compared. */
function whyNotIn(other: ComparedFile, file: ComparedFile, them: string): string {
  const { facts } = other;
  if (facts === undefined || other.counts().changed)
    return `nothing is associated in the other file, or its export did not read ${them}`;
  const nothing = `nothing ${facts.ofSome ? 'that was asked for ' : ''}is associated`;
  // Two exports that are compared have the same list.
  if (facts.ofList && file.facts !== undefined && !file.counts().changed)
    return `the export of ${other.path} read ${them}, and ${nothing}`;
  const notListed = `the export of ${other.path} did not ${facts.ofList ? 'have' : 'list'} ${them}`;
  if (facts.silent === 0) return notListed;
  return `${notListed}, or ${nothing} (of those that it read, ${count(facts.silent)} ${facts.silent === 1 ? 'has' : 'have'} no line)`;
}

/** The same for programs. */
export function comparisonJson({ comparison, before, after, output, lines }: ToldComparison): object {
  const file = ({ path, facts, counts }: ComparedFile): object => ({
    name: path,
    ...counts(),
    ...(facts !== undefined && { exportedAt: facts.finishedAt }),
  });
  return {
    version: 1,
    ...comparison,
    before: file(before),
    after: file(after),
    ...(output !== undefined && { changes: { name: output, lines } }),
  };
}
