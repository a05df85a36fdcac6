import type { FirstPair, Replacing } from '../../input/columns/table-reading.ts';
import { showValue } from '../../input/values/show-value.ts';
import { counted } from './amounts.ts';

const SHOWN = 20;

/** The identifiers that a map of replacements has nothing for: their rows are left out, and somebody may have meant them. */
export function describeUnmapped(rows: ReadonlyMap<string, number>): string {
  const shown = [...rows].slice(0, SHOWN).map(([id, number]) => `    ${id}: ${counted(number, 'row')}`);
  const more = rows.size - shown.length;
  return [
    `  --replace-map has nothing for ${counted(rows.size, 'identifier')}; nothing is sent for their rows (skipped):`,
    ...shown,
    ...(more > 0 ? [`    … and ${counted(more, 'other identifier')}`] : []),
    '',
  ].join('\n');
}

/** Rows that somebody asked for, and that would be removed without what was to take their place. */
export function describeStillUnreplaced(rows: number): string {
  const [stay, them] = rows === 1 ? ['stays', 'its line'] : ['stay', 'their lines'];
  return [
    `  ${counted(rows, 'row')} left out for want of a replacement ${stay} so (skipped): --replace-map, --replace-with or a cell in replacement_id`,
    `    gives one; to remove without one, take ${them} into a file of your own`,
    '',
  ].join('\n');
}

/** Whence rows have their replacements, where no column gives them. */
export function replacingWords(replacing: Replacing): string {
  return replacing.kind === 'one'
    ? `${showValue(replacing.id)}, by --replace-with`
    : `by ${replacing.name} (${counted(replacing.pairs, 'pair')})${firstPairWords(replacing.first)}`;
}

/** Columns of a map that seem to say which of its pairs are meant. */
export function mapDecisions(replacing: Replacing | undefined): readonly string[] {
  if (replacing?.kind !== 'map') return [];
  const { name, deciding = [] } = replacing;
  return deciding.map(({ name: column, says }) => {
    const example = says === '' ? '' : ` (${showValue(says)})`;
    return `  column ${showValue(column)} of ${name} seems to say what to do with a pair${example}; it is not obeyed: every pair is meant; take those that are not out of that file`;
  });
}

/** A map that is read backwards is to be seen at once. */
function firstPairWords({ heads, pair }: FirstPair): string {
  if (pair === undefined) return '';
  const columns = heads === undefined ? '' : `${showValue(heads[0])} is replaced by ${showValue(heads[1])}, `;
  return `: ${columns}e.g. ${pair.map((id) => showValue(id).slice(1, -1)).join(' → ')}`;
}
