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
