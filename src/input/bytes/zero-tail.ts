import { RunError } from '../../model/run-error.ts';

/** More than the last character of any encoding ends in. */
const FEWEST_ZEROS = 8;
const PIECE_BYTES = 65_536;

/**
 * Hands bytes on, and stops where they end in zeros: so a crash or a broken copy leaves a file whose end was never written.
 * Zeros are held back until something follows them, however many they are.
 */
export async function* refusingZeroTail(chunks: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  let bytes = 0;
  let zeros = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    const end = endOfText(chunk);
    if (end === 0) {
      zeros += chunk.length;
      continue;
    }
    yield* zeroBytes(zeros);
    yield chunk.subarray(0, end);
    zeros = chunk.length - end;
  }
  if (zeros >= FEWEST_ZEROS) throw zerosFrom(name, bytes - zeros, bytes);
  yield* zeroBytes(zeros);
}

/** The place behind the last byte that is not zero. */
function endOfText(chunk: Buffer): number {
  let end = chunk.length;
  while (end > 0 && chunk[end - 1] === 0) end -= 1;
  return end;
}

function* zeroBytes(count: number): Generator<Buffer> {
  for (let left = count; left > 0; left -= PIECE_BYTES) yield Buffer.alloc(Math.min(left, PIECE_BYTES));
}

function zerosFrom(name: string, from: number, bytes: number): RunError {
  return new RunError(
    'input_format',
    `${name} is nothing but zeros from byte ${from} on, to its end at ${bytes}: its end may be lost.`,
    { code: 'file_cut_at_zeros' },
  );
}
