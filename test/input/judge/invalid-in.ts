import { expect } from 'vitest';
import { readAll, rowLine } from '../read-all.ts';

/** Identifiers count up with the rows. */
export function idOf(row: number): string {
  return `S-${String(row).padStart(7, '0')}`;
}

/** The rows of a file that are not valid, a line each. */
export async function invalidIn(lines: readonly string[]): Promise<readonly string[]> {
  const { rows } = await readAll(`${lines.join('\n')}\n`);
  expect(rows).toHaveLength(lines.length - 1);
  return rows.map(rowLine).filter((line) => !line.includes(' valid '));
}
