import { tmpdir } from 'node:os';
import type { Terminal } from './terminal.ts';

/** Where files of no further use may stand. */
export function temporaryFolder({ TMPDIR }: Terminal['env']): string {
  return TMPDIR === undefined || TMPDIR === '' ? tmpdir() : TMPDIR;
}
