import { RunError } from '../../../model/run-error.ts';
import { decodeLine, type JournalEntry } from '../../journal-line.ts';

/** An entry, its line without the newline, and the byte after that. */
export interface PlacedEntry {
  readonly entry: JournalEntry;
  readonly line: string;
  readonly endByte: number;
}

const NEWLINE = 0x0a;

/**
 * The journal's entries, streamed. Stops before a torn tail (a crash in the middle of a write); a damaged line with
 * something valid behind it is no crash of ours and rejects with `state_damaged`, which names the byte.
 */
export async function* readJournal(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<PlacedEntry> {
  let damagedAt: number | undefined;
  for await (const line of lines(bytes)) {
    const entry = decodeLine(line.text);
    if (entry === undefined) damagedAt ??= line.startByte;
    else if (damagedAt === undefined) yield { entry, line: line.text, endByte: line.endByte };
    else throw damaged(name, damagedAt);
  }
}

interface Line {
  readonly text: string;
  readonly startByte: number;
  readonly endByte: number;
}

/** Lines that end in a newline; what stands behind the last newline was never finished and is left out. */
async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let startByte = 0;
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

function damaged(name: string, byte: number): RunError {
  return new RunError(
    'state_damaged',
    `The run's journal ${name} is damaged at byte ${byte}, with good lines behind it.`,
    { code: 'restore_changed_folder' },
  );
}
