import { RunError } from '../../model/run-error.ts';
import type { PeekableBytes } from './peekable-bytes.ts';
import { refusingZeroTail } from './zero-tail.ts';

/** How the file's bytes become UTF-8. */
export interface Encoding {
  /** As it is shown: `utf-8`, `utf-16le`, or the label the user gave. */
  readonly label: string;
  /** Whether the input had a BOM, or was of a kind whose programs expect one. */
  readonly bom: boolean;
  /** Bytes a character takes at least; a file of another length breaks off inside one. */
  readonly unitBytes: 1 | 2 | 4;
  /** Handed on as it is: cells are decoded one by one, as UTF-8 or Windows-1252. */
  readonly byCell: boolean;
}

const PROBE_BYTES = 4096;

const UTF_8: Encoding = { label: 'utf-8', bom: false, unitBytes: 1, byCell: true };

/** Finds the encoding by BOM, else by where the NUL bytes stand; nothing beyond that is guessed. */
export function detectEncoding(front: Buffer): Encoding {
  if (startsWith(front, [0xef, 0xbb, 0xbf])) return { ...UTF_8, bom: true };
  if (startsWith(front, [0xff, 0xfe, 0, 0])) return wide('utf-32le', 4);
  if (startsWith(front, [0, 0, 0xfe, 0xff])) return wide('utf-32be', 4);
  if (startsWith(front, [0xff, 0xfe])) return wide('utf-16le', 2);
  if (startsWith(front, [0xfe, 0xff])) return wide('utf-16be', 2);
  return encodingByNulBytes(front.subarray(0, PROBE_BYTES)) ?? UTF_8;
}

/** The encoding the user named; the file's BOM still counts. */
export async function namedEncoding(label: string, front: Buffer): Promise<Encoding> {
  const name = label.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const detected = detectEncoding(front);
  if (name === 'utf8') return { ...UTF_8, bom: startsWith(front, [0xef, 0xbb, 0xbf]) };
  // The byte order is the BOM's to say, where there is one.
  if (name === 'utf16' || name === 'utf32') {
    return detected.label.replace('-', '').startsWith(name)
      ? detected
      : wide(`${name.slice(0, 3)}-${name.slice(3)}le`, name === 'utf16' ? 2 : 4);
  }
  // Two of Node's own are ways to write bytes, not text.
  const { default: iconv } = await import('iconv-lite');
  const known: boolean = iconv.encodingExists(label) && name !== 'base64' && name !== 'hex';
  if (!known) {
    throw new RunError('input_format', `"${label}" is not an encoding that is known here.`, {
      code: 'known_encodings',
    });
  }
  return { label, bom: true, unitBytes: unitOf(name), byCell: false };
}

/** The file's text as UTF-8, without the BOMs it begins with. */
export async function* utf8Bytes(
  front: PeekableBytes,
  encoding: Encoding,
  name: string,
): AsyncGenerator<Buffer> {
  if (encoding.byCell) {
    yield* refusingZeroTail(front.drain(), name);
    return;
  }
  // A BOM is taken off with those that repeat it, once it is UTF-8.
  // Loaded here: most files need it not, and to load it takes longer than to read a small one.
  const { default: iconv } = await import('iconv-lite');
  const decoder = iconv.getDecoder(encoding.label, { stripBOM: false });
  let bytes = 0;
  let held = '';
  for await (const chunk of refusingZeroTail(front.drain(), name)) {
    bytes += chunk.length;
    const text = held + decoder.write(chunk);
    // Half a character above U+FFFF would be lost in UTF-8: it waits for the other half.
    const whole = endsInHighSurrogate(text) ? text.length - 1 : text.length;
    held = text.slice(whole);
    if (whole > 0) yield Buffer.from(text.slice(0, whole), 'utf8');
  }
  if (bytes % encoding.unitBytes !== 0) throw brokenOff(name, encoding, bytes);
  // Of CESU-8, iconv-lite's decoder answers the number 0, which would end up in the last value.
  const end: unknown = decoder.end();
  const rest = held + (typeof end === 'string' ? end : '');
  if (rest.length > 0) yield Buffer.from(rest, 'utf8');
}

/** UTF-8's BOM, and what is left of one that was taken for Windows-1252 and encoded again. */
const MARKS: readonly (readonly number[])[] = [
  [0xef, 0xbb, 0xbf],
  [0xc3, 0xaf, 0xc2, 0xbb, 0xc2, 0xbf],
];

/** How many bytes of BOMs the text begins with; files pass through programs that each add one. */
export function bomBytes(front: Buffer): number {
  let length = 0;
  for (;;) {
    const rest = front.subarray(length);
    const mark = MARKS.find((candidate) => startsWith(rest, candidate));
    if (mark === undefined) return length;
    length += mark.length;
  }
}

function wide(label: string, unitBytes: 2 | 4): Encoding {
  return { label, bom: true, unitBytes, byCell: false };
}

/** In UTF-16 and UTF-32 most characters of a table leave the same bytes of each unit NUL. */
function encodingByNulBytes(probe: Buffer): Encoding | undefined {
  const nuls = [0, 0, 0, 0];
  for (let index = 0; index < probe.length; index += 1) {
    if (probe[index] === 0) nuls[index % 4] = (nuls[index % 4] ?? 0) + 1;
  }
  const [a = 0, b = 0, c = 0, d = 0] = nuls.map((count) => count / Math.max(1, Math.floor(probe.length / 4)));
  const most = 0.9;
  const many = 0.3;
  const few = 0.1;
  if (probe.length < 4) return undefined;
  if (a <= few && b > many && c > most && d > most) return wide('utf-32le', 4);
  if (a > most && b > most && c > many && d <= few) return wide('utf-32be', 4);
  if (a <= few && c <= few && b > many && d > many) return wide('utf-16le', 2);
  if (b <= few && d <= few && a > many && c > many) return wide('utf-16be', 2);
  return undefined;
}

function unitOf(name: string): 1 | 2 | 4 {
  if (name.startsWith('utf16') || name.startsWith('ucs2')) return 2;
  return name.startsWith('utf32') || name.startsWith('ucs4') ? 4 : 1;
}

function startsWith(bytes: Buffer, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function endsInHighSurrogate(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}

function brokenOff(name: string, encoding: Encoding, bytes: number): RunError {
  return new RunError(
    'input_format',
    `${name} breaks off inside a character: ${encoding.label} and ${bytes} bytes.`,
    { code: 'end_inside_character' },
  );
}
