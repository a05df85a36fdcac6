import { isDeepStrictEqual } from 'node:util';
import type { Disk } from '../../disk/disk.ts';
import { openInput } from '../../input/open-input.ts';
import type { EndEntry } from '../../store/journal-line.ts';
import type { RunPaths } from '../../store/files/run-folder/run-paths.ts';
import type { Summary } from '../../store/summary.ts';
import { identify } from '../../store/files/run-folder/copy-input.ts';
import type { RunStatus } from './read-status.ts';

/** One thing that an auditor relies on. */
export interface Check {
  readonly what: string;
  readonly sound: boolean;
  /** What was found instead. */
  readonly found: string;
}

export interface Verification {
  readonly sound: boolean;
  readonly checks: readonly Check[];
}

/** Checks that a run's files are what the run left, and that its counts add up. */
export async function verifyRun(paths: RunPaths, status: RunStatus, disk: Disk): Promise<Verification> {
  const { job, end, input } = status;
  const copyWords = "the run's copy of the input has the SHA-256 it began with";
  const checks = [await fileCheck(copyWords, paths.inputCopy, job.input.sha256, disk)];
  if (end === undefined) {
    checks.push({ what: 'the run is finished', sound: false, found: `it is ${status.state}` });
  } else {
    const { rows, byStatus } = end.tally;
    const sum = Object.values(byStatus).reduce((total, number) => total + number, 0);
    const resultsWords = 'the results have the SHA-256 they were published with';
    checks.push(
      await fileCheck(resultsWords, paths.results, end.resultsSha256, disk),
      await summaryCheck(paths.summary, end, disk),
      numberCheck('the counts by status add up to the rows', sum, rows),
      numberCheck('every row of the input is counted', rows, input.rows),
      numberCheck('the results have a line for every row', await linesIn(paths.results, disk), rows),
    );
  }
  return { sound: checks.every(({ sound }) => sound), checks };
}

async function fileCheck(what: string, path: string, sha256: string, disk: Disk): Promise<Check> {
  if (!(await disk.exists(path))) return { what, sound: false, found: `there is no ${path}` };
  const found = (await identify(path, disk.read(path))).sha256;
  return { what, sound: found === sha256, found: `${path} has ${found} instead of ${sha256}` };
}

async function summaryCheck(path: string, end: EndEntry, disk: Disk): Promise<Check> {
  const what = 'the summary tells of these results and these counts';
  if (!(await disk.exists(path))) return { what, sound: false, found: `there is no ${path}` };
  const pieces: Uint8Array[] = [];
  for await (const piece of disk.read(path)) pieces.push(piece);
  const told = partsOf(Buffer.concat(pieces).toString('utf8'));
  const sound = told.sha256 === end.resultsSha256 && isDeepStrictEqual(told.counts, end.tally);
  return { what, sound, found: `${path} was changed, or is another run's` };
}

/** Of a summary, as far as it is one. */
function partsOf(text: string): { readonly sha256?: unknown; readonly counts?: unknown } {
  try {
    // Whatever stands there is only compared.
    const summary = JSON.parse(text) as Partial<Summary> | null;
    return { sha256: summary?.results?.sha256, counts: summary?.counts };
  } catch {
    return {};
  }
}

function numberCheck(what: string, found: number, wanted: number): Check {
  return { what, sound: found === wanted, found: `${found} instead of ${wanted}` };
}

async function linesIn(path: string, disk: Disk): Promise<number> {
  if (!(await disk.exists(path))) return 0;
  const opened = await openInput({ name: path, bytes: disk.read(path) }, {});
  let rows = 0;
  for await (const batch of opened.batches) rows += batch.length;
  return rows;
}
