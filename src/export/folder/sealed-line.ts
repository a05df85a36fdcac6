import { crc32 } from 'node:zlib';
import { systemErrorCode, type Disk } from '../../disk/disk.ts';

const CRC_DIGITS = 8;
const NEW_LINE = 0x0a;

/** A line that shows whether it is whole: CRC-32 in 8 hex digits, a space, JSON, a newline. */
export function sealed(value: object): string {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}\n`;
}

/** A line that was read, and the bytes of the file up to its end. */
export interface SoundLine {
  readonly value: unknown;
  readonly end: number;
}

/** The lines of a file up to the first that is not whole: a crash tears the last. None where there is no file. */
export async function* soundLines(disk: Disk, path: string): AsyncGenerator<SoundLine> {
  let rest = Buffer.alloc(0);
  let end = 0;
  try {
    for await (const piece of disk.read(path)) {
      rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
      let start = 0;
      for (let at = rest.indexOf(NEW_LINE); at >= 0; at = rest.indexOf(NEW_LINE, start)) {
        const value = opened(rest.toString('utf8', start, at));
        if (value === undefined) return;
        end += at + 1 - start;
        start = at + 1;
        yield { value, end };
      }
      rest = rest.subarray(start);
    }
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
}

function opened(line: string): unknown {
  const json = line.slice(CRC_DIGITS + 1);
  if (line[CRC_DIGITS] !== ' ' || line.slice(0, CRC_DIGITS) !== checksum(json)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(CRC_DIGITS, '0');
}
