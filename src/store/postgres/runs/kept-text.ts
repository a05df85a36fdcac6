import type { Ask } from '../database/database.ts';

/** Tables that have bytes of a run in pieces, by what tells their order. */
const ORDER = { input: 'n', result: 'from_byte', published: 'from_byte' } as const;

/** The pieces in their order, one at a time; none are held. */
export async function* keptBytes(
  ask: Ask,
  table: keyof typeof ORDER,
  run: string,
): AsyncGenerator<Uint8Array> {
  const order = ORDER[table];
  for (let after = -1; ;) {
    const [piece] = await ask<{ at: string; bytes: Buffer }>(
      `select ${order} as at, bytes from oppsweep.${table} where run = $1 and ${order} > $2 order by ${order} limit 1`,
      [run, after],
    );
    if (piece === undefined) return;
    yield piece.bytes;
    after = Number(piece.at);
  }
}

export async function isKept(ask: Ask, table: keyof typeof ORDER, run: string): Promise<boolean> {
  const found = await ask(`select from oppsweep.${table} where run = $1 limit 1`, [run]);
  return found.length > 0;
}

const LINES_AT_ONCE = 1_000;

/** The lines of a run's journal as a file would have them, from one to another. */
export async function* keptLines(
  ask: Ask,
  run: string,
  from: number,
  to?: number,
): AsyncGenerator<Uint8Array> {
  for (let next = from; to === undefined || next <= to; next += LINES_AT_ONCE) {
    const last = Math.min(to ?? Number.POSITIVE_INFINITY, next + LINES_AT_ONCE - 1);
    const lines = await ask<{ text: string }>(
      'select text from oppsweep.line where run = $1 and n between $2 and $3 order by n',
      [run, next, last],
    );
    if (lines.length > 0) yield Buffer.from(lines.map(({ text }) => `${text}\n`).join(''));
    if (lines.length === 0 && to === undefined) return;
  }
}

const MARKS_AT_ONCE = 4;

/** The marks of a run's journal, the newest first, each with the line before it; `fromByte` is a line's number. */
export async function* markLinesBack(
  ask: Ask,
  run: string,
  to: number,
): AsyncGenerator<{ readonly bytes: Buffer; readonly fromByte: number }> {
  for (let below = to + 1; ;) {
    const lines = await ask<{ n: number; text: string }>(
      `select n, text from oppsweep.line l where run = $1 and n < $2
       and (mark or exists (select from oppsweep.line m where m.run = l.run and m.n = l.n + 1 and m.mark and m.n < $2))
       order by n desc limit ${MARKS_AT_ONCE}`,
      [run, below],
    );
    for (const { n, text } of lines) yield { bytes: Buffer.from(text), fromByte: n };
    const last = lines.at(-1);
    if (last === undefined) return;
    below = last.n;
  }
}
