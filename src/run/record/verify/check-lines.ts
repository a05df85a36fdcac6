import { isDeepStrictEqual } from 'node:util';
import { RunError } from '../../../model/run-error.ts';
import type { Tally } from '../../../model/tally.ts';
import type { EndEntry, StopEntry } from '../../../store/journal-line.ts';
import type { RunRecord } from '../../../store/run-store.ts';
import { holdLines, holdNone, type LinesHeld, type LineTeller } from '../../rows/hold-lines.ts';
import { wholeLines } from '../../rows/whole-lines.ts';
import { openResults } from '../result-rows.ts';
import { callsCheck } from './check-end.ts';
import { differenceOf, type Check } from './check-sessions.ts';

/** What results come to; `gone` for none: they have no lines. */
export type LinesFound =
  | ({ readonly found: 'read' | 'gone' } & LinesHeld)
  | { readonly found: 'unreadable'; readonly why: string };

/** The bytes of some results; absent where there are none. */
export interface Lines {
  readonly place: string;
  readonly bytes: AsyncIterable<Uint8Array> | undefined;
}

/** Those that are finished. */
export async function resultsOf({ places, publishedResults }: RunRecord): Promise<Lines> {
  return { place: places.results, bytes: await publishedResults() };
}

/** Of what is written so far, the last line may be torn, even the header. */
export async function soFarOf({ places, resultsSoFar }: RunRecord): Promise<Lines> {
  const [place, soFar] = [places.partialResults, await resultsSoFar()];
  if (soFar === undefined || !(await isBegun(wholeLines(soFar)))) return { place, bytes: undefined };
  const again = await resultsSoFar();
  return { place, bytes: again && wholeLines(again) };
}

async function isBegun(lines: AsyncIterable<Uint8Array>): Promise<boolean> {
  for await (const { length } of lines) return length > 0;
  return false;
}

/** Results, line by line beside the journal and the input. */
export async function linesOf(
  { place, bytes }: Lines,
  run: RunRecord,
  teller: LineTeller,
): Promise<LinesFound> {
  try {
    if (bytes === undefined) return { found: 'gone', ...(await holdNone(run, teller)) };
    return { found: 'read', ...(await holdLines(run, await openResults(place, bytes), teller)) };
  } catch (error) {
    // Somebody's spreadsheet may have left a file that is no results any more, or a copy of the input that is none.
    if (error instanceof RunError && error.code.startsWith('input_'))
      return { found: 'unreadable', why: error.message };
    throw error;
  }
}

/** Of a run that is not finished: a session that was cut off may have left fewer lines than have their end, or none. */
export function soFarChecks(lines: LinesFound, stop: StopEntry | undefined): readonly Check[] {
  const what = 'each line of the results so far tells of its row what the journal and the input tell';
  if (lines.found === 'unreadable') return [{ what, sound: false, found: lines.why }];
  return [
    ...(lines.found === 'read' ? [linesCheck(lines, what)] : []),
    ...(stop?.lines === undefined ? [] : [wholeCheck(lines.rows, stop.lines)]),
  ];
}

function wholeCheck(rows: number, lines: number): Check {
  return {
    what: 'the results so far have the lines that they had as the run stopped',
    sound: rows >= lines,
    found: `${rows} of ${lines} are there: the others were cut off, or the machine lost its power before they were on its disk. The same command writes them, from the journal, and nothing is sent for that`,
  };
}

/** Where no stop has told how many lines there were. */
export function missingWords(lines: LinesFound, stop: StopEntry | undefined): readonly string[] {
  if (lines.found === 'unreadable' || stop?.lines !== undefined || lines.missing === 0) return [];
  const { rows, missing } = lines;
  return [
    `that no line was cut off the results so far: ${rows} of ${rows + missing} are there, and the session that wrote them did not tell how many it left. The same command writes the others`,
  ];
}

/** The counts of the end, by the results. */
export function countChecks(lines: LinesFound, { tally }: EndEntry): readonly Check[] {
  const { rows, byStatus } = tally;
  const sum = Object.values(byStatus).reduce((total, number) => total + number, 0);
  const counts = numberCheck('the counts by status add up to the rows', sum, rows);
  if (lines.found === 'unreadable') {
    const what = 'the results can be read line by line, beside the input';
    return [counts, { what, sound: false, found: lines.why }];
  }
  return [
    counts,
    numberCheck('the results have a line for every row', lines.rows, rows),
    statusCheck(lines.byStatus, byStatus),
    ...(lines.found === 'read' ? [linesCheck(lines, LINES_TOLD), callsCheck(lines, tally)] : []),
  ];
}

export const LINES_TOLD = 'each line of the results tells of its row what the journal and the input tell';

function linesCheck({ different, firstRow }: LinesHeld, what: string): Check {
  return {
    what,
    sound: different === 0,
    found: `${different === 1 ? '1 line differs' : `${different} lines differ`}, the first is row ${firstRow}`,
  };
}

/** Somebody may have edited what an earlier run is said to have done, before it was the input of this one. */
export function notVerifiedWords(lines: LinesFound, input: string): readonly string[] {
  if (lines.found !== 'read') return [];
  const { kept, unsure, rows } = lines;
  const these = kept === 1 ? '1 row keeps its line' : `${kept} rows keep their lines`;
  const others = unsure === 1 ? '1 row' : `${unsure} rows`;
  return [
    ...(kept === 0
      ? []
      : [
          `${these} of ${rows}: what they tell of was done before this run, if at all, and its journal has nothing of it; verify the run of ${input} itself`,
        ]),
    ...(unsure === 0
      ? []
      : [
          `${others} of ${rows} that nothing was sent for: another version wrote these lines, by rules of its own`,
        ]),
  ];
}

/** A count, by another. */
export function numberCheck(what: string, found: number, wanted: number): Check {
  return { what, sound: found === wanted, found: `${found} instead of ${wanted}` };
}

function statusCheck(found: Tally['byStatus'], recorded: Tally['byStatus']): Check {
  return {
    what: 'the results have as many rows of each status as the run recorded',
    // In any order.
    sound: isDeepStrictEqual({ ...found }, { ...recorded }),
    found: `they have ${differenceOf(found, recorded)}`,
  };
}
