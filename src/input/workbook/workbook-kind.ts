import type { ZipEntry } from './zip-entries.ts';

/** Whether a file's first bytes are those of a workbook, of whatever kind, or of another file of the same making. */
export function mayBeWorkbook(front: Buffer): boolean {
  return isZip(front) || isCompound(front);
}

export function isZip(front: Buffer): boolean {
  return front.subarray(0, 4).toString('hex') === '504b0304';
}

/** Of Excel before 2007, and of any workbook of Excel that a password protects. */
export function isCompound(front: Buffer): boolean {
  return front.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1';
}

/** A file under such a name was meant to be CSV: that it is none is told. */
export function isNamedAsText(name: string): boolean {
  return /\.(csv|tsv|txt)(\.gz)?$/i.test(name);
}

/** The kind of a workbook by the parts of its archive; undefined where it is none. */
export function kindOfArchive(entries: readonly ZipEntry[]): 'excel' | 'opendocument' | undefined {
  const has = (test: RegExp): boolean => entries.some(({ name }) => test.test(name));
  if (has(/^xl\/workbook\.(xml|bin)$/i)) return 'excel';
  const mimetype = entries.find(({ name }) => name === 'mimetype')?.packed.toString('latin1') ?? '';
  return mimetype.includes('opendocument.spreadsheet') && has(/^content\.xml$/) ? 'opendocument' : undefined;
}

/** Names of streams of a compound file are in UTF-16. */
export function hasStream(bytes: Buffer, name: string): boolean {
  return bytes.includes(Buffer.from(`${name}\0`, 'utf16le'));
}
