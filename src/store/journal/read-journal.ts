import { RunError } from '../../model/run-error.ts';
import { decodeLine, type JournalEntry } from '../journal-line.ts';
import { isWellFormed } from '../journal-shape.ts';

/** An entry, its line without the newline, and the byte after that. */
export interface PlacedEntry {
  readonly entry: JournalEntry;
  readonly line: string;
  readonly endByte: number;
}

const NEWLINE = 0x0a;

/**
 * The journal's entries, streamed; `fromByte` is where the bytes begin. Stops before a torn tail (a crash in the middle of a write); a damaged line with
 * something valid behind it, or a whole line of odd content, is no crash of ours and rejects with `state_damaged`, which names the byte.
 */
export async function* readJournal(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  fromByte: number = 0,
): AsyncGenerator<PlacedEntry> {
  let damagedAt: string | undefined;
  let number = 0;
  for await (const line of lines(bytes, fromByte)) {
    const entry = decodeLine(line.text);
    number += 1;
    // Read from further on, lines are not counted from the first.
    const place = fromByte === 0 ? `${line.startByte}, its line ${number},` : `${line.startByte},`;
    if (entry === undefined) damagedAt ??= place;
    else if (damagedAt !== undefined)
      throw damaged(name, `is damaged at byte ${damagedAt} with good lines behind it`);
    else if (isWellFormed(entry)) yield { entry, line: line.text, endByte: line.endByte };
    else throw damaged(name, `has at byte ${place} what no run of oppsweep writes`);
  }
}

interface Line {
  readonly text: string;
  readonly startByte: number;
  readonly endByte: number;
}

/** Lines that end in a newline; what stands behind the last newline was never finished and is left out. */
async function* lines(bytes: AsyncIterable<Uint8Array>, fromByte: number): AsyncGenerator<Line> {
  let startByte = fromByte;
  let carried: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const block = carried.length === 0 ? Buffer.from(chunk) : Buffer.concat([carried, chunk]);
    let from = 0;
    for (let at = block.indexOf(NEWLINE); at >= 0; at = block.indexOf(NEWLINE, from)) {
      const endByte = startByte + at + 1 - from;
      yield { text: block.toString('utf8', from, at), startByte, endByte };
      startByte = endByte;
      from = at + 1;
    }
    carried = block.subarray(from);
  }
}

function damaged(name: string, how: string): RunError {
  return new RunError('state_damaged', `The run's journal ${name} ${how}.`, {
    code: 'restore_changed_folder',
  });
}
