import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { compileProgram } from '../../disk/compile-program.ts';
import type { BulkReport } from './read-bulk.ts';

/** Beyond a process that refuses a file at its head, whose own share is 55 on Node 20; newer ones take more for themselves. */
export const MOST_MB = 147;

let bulkReader: Promise<string> | undefined;
let ownShare: Promise<number> | undefined;

/** Reads a bulky file in a process of its own, so that its memory is its own. */
export async function readBulk(kind: string): Promise<BulkReport> {
  bulkReader ??= compileProgram('test/property/bulky/read-bulk.ts');
  // The program's own report.
  return JSON.parse(await runAlone(await bulkReader, kind)) as BulkReport;
}

/** Memory of a process that has read next to nothing. */
export async function ownShareMb(): Promise<number> {
  ownShare ??= readBulk('titles without end').then(({ peakRssMb }) => peakRssMb);
  return ownShare;
}

/** Gives what a compiled program writes to standard output. */
export async function runAlone(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
  return stdout;
}
