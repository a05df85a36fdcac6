import { RunError } from '../../model/run-error.ts';
import type { Findings } from './check.ts';
import type { Examination } from './examination.ts';

/** Results, journal and the input's copy of the largest runs stay below it. */
const ROOM_BYTES = 100 * 1024 * 1024;

/** Tells that results can be written where they would be. */
export async function checkPlace({ folder, tryPlace }: Examination): Promise<Findings['place']> {
  const freeBytes = await tryPlace(folder).catch((cause: unknown) => {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new RunError(
      'output_unwritable',
      `Nothing can be written in ${folder}${why}.`,
      { code: 'name_writable_output' },
      cause,
    );
  });
  if (freeBytes >= ROOM_BYTES) return { folder, freeBytes };
  const megabytes = Math.floor(freeBytes / (1024 * 1024));
  throw new RunError('results_unwritable', `Only ${megabytes} MB are free in ${folder}.`);
}
