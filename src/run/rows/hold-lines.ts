import { isChange, type EarlierResult, type RowStatus } from '../../model/outcome.ts';
import { RESULT_COLUMNS, type ResultColumn } from '../../model/result-columns.ts';
import type { RunContents } from '../../store/run-store.ts';
import { withoutLater } from '../../results/later-sentences.ts';
import { defuse } from '../../results/defuse.ts';
import { headerOf, rowsSoFar, type RowTold } from './rows-so-far.ts';

/** Lines of results held against the journal. */
export interface LinesHeld {
  readonly rows: number;
  readonly byStatus: Readonly<Partial<Record<RowStatus, number>>>;
  readonly byException: Readonly<Record<string, number>>;
  readonly attempts: number;
  /** Lines that tell otherwise than the journal and the run's copy of its input, the header among them. */
  readonly different: number;
  /** The row that the first of them names; empty for none. */
  readonly firstRow: string;
  /** Lines that are as an earlier run's results had them, which were the input: this journal knows nothing of what they tell. */
  readonly kept: number;
  /** Lines of rows that another version wrote and nothing was sent for: it may have read and worded them otherwise. */
  readonly unsure: number;
  /** Rows behind these that have their end, up to the first that has none. */
  readonly missing: number;
}

/** Who holds lines against a journal: this version of the tool, and how it spells options. */
export interface LineTeller {
  readonly tool: string;
  readonly spell: (sentence: string) => string;
}

/** Results as they are read. */
interface ResultsToHold {
  readonly header: readonly string[];
  readonly lines: AsyncIterable<LineToHold> | readonly LineToHold[];
}

interface LineToHold {
  readonly earlier: EarlierResult | undefined;
  readonly own: readonly string[];
}

/** Each line of the results, in their order, beside the row that it tells of. */
export async function holdLines(
  run: RunContents,
  { header, lines }: ResultsToHold,
  teller: LineTeller,
): Promise<LinesHeld> {
  const rows = rowsSoFar(run, teller.spell);
  const isOurs = isOfTool(run, teller.tool);
  const byStatus: Partial<Record<RowStatus, number>> = {};
  const byException: Record<string, number> = {};
  const found = { rows: 0, attempts: 0, different: 0, firstRow: '', kept: 0, unsure: 0, missing: 0 };
  if (!areGiven(header, await headerOf(run))) Object.assign(found, { different: 1, firstRow: '1' });
  try {
    for await (const { earlier: line, own } of lines) {
      const next = await rows.next();
      const told = next.done === true ? undefined : next.value;
      found.rows += 1;
      if (line !== undefined) {
        byStatus[line.status] = (byStatus[line.status] ?? 0) + 1;
        const { exception = '' } = line.cells;
        if (exception !== '') byException[exception] = (byException[exception] ?? 0) + 1;
        found.attempts += line.attempts;
      }
      const isGiven = told === undefined || areGiven(own, told.own);
      if (isGiven && isTold(line, told, isOurs ? teller.spell : undefined)) {
        if (told?.by === 'earlier results') found.kept += 1;
      } else if (isGiven && !isOurs && mayBeReadOtherwise(line, told)) found.unsure += 1;
      else {
        found.different += 1;
        if (found.different === 1) found.firstRow = line?.cells.row ?? String(found.rows + 1);
      }
    }
    for (let next = await rows.next(); next.value !== undefined; next = await rows.next()) found.missing += 1;
  } finally {
    await rows.return(undefined);
  }
  return { ...found, byStatus, byException };
}

/** Of results that are not there: the rows that have their end. */
export async function holdNone(run: RunContents, teller: LineTeller): Promise<LinesHeld> {
  return holdLines(run, { header: await headerOf(run), lines: [] }, teller);
}

/** The user's own cells, as they were given, or kept from being formulas. */
function areGiven(own: readonly string[], given: readonly string[]): boolean {
  const isGiven = (cell: string, index: number): boolean => {
    const text = asWritten(given[index] ?? '');
    return cell === text || cell === defuse(text);
  };
  return own.length === given.length && own.every(isGiven);
}

/** Sessions of several versions may have written lines of one file. */
function isOfTool({ job, state }: RunContents, tool: string): boolean {
  return job.tool === tool && state.sessions.every((session) => session.tool === tool);
}

/** `spell`: of this version's own lines, whose words are compared too; a run of the library names options in words. */
function isTold(
  line: EarlierResult | undefined,
  told: RowTold | undefined,
  spell: LineTeller['spell'] | undefined,
): boolean {
  if (line === undefined || told === undefined) return false;
  const expected = told.line.cells;
  return RESULT_COLUMNS.every((name) => {
    const [is, should] = [line.cells[name], expected[name] ?? ''];
    if (spell === undefined) return is === undefined || isWords(name) || is === should;
    if (is === undefined || is === should) return is !== undefined;
    if (!isWords(name)) return is === asWritten(should);
    return [should, withoutLater(should)].some((text) => spell(is) === spell(asWritten(text)));
  });
}

/** Half of a pair of surrogates has no bytes in a file. */
function asWritten(text: string): string {
  return Buffer.from(text).toString();
}

function isWords(name: ResultColumn): boolean {
  return name === 'message' || name === 'tip';
}

/** Rules for rows may change with versions; what was sent and answered doesn't. */
function mayBeReadOtherwise(line: EarlierResult | undefined, told: RowTold | undefined): boolean {
  if (line === undefined || told?.by === 'journal') return false;
  return told !== undefined || !tellsOfCalls(line);
}

function tellsOfCalls({ status, attempts }: EarlierResult): boolean {
  return attempts > 0 || (isChange(status) && !status.startsWith('would_'));
}
