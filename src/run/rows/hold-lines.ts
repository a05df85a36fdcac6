import { isChange, isSettledAsWished, type EarlierResult, type RowStatus } from '../../model/outcome.ts';
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
  /** Of these, the ones in which nothing but the user's own cells, or the values of a row that needed somebody, are others; and those cells. */
  readonly corrected: Corrections;
  /** The row that the first of them names; empty for none. */
  readonly firstRow: string;
  /** Lines that are as an earlier run's results had them, which were the input: this journal knows nothing of what they tell. */
  readonly kept: number;
  /** Lines of rows that another version wrote and nothing was sent for: it may have read and worded them otherwise. */
  readonly unsure: number;
  /** Rows behind these that have their end, up to the first that has none. */
  readonly missing: number;
}

/** What somebody has written into results by hand, that claims nothing of what was done. */
export interface Corrections {
  readonly rows: number;
  readonly cells: number;
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
  const corrected = { rows: 0, cells: 0 };
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
      const isOwn = told === undefined || areGiven(own, told.own);
      if (isOwn && isTold(line, told, isOurs ? teller.spell : undefined)) {
        if (told?.by === 'earlier results') found.kept += 1;
      } else if (isOwn && !isOurs && mayBeReadOtherwise(line, told)) found.unsure += 1;
      else {
        found.different += 1;
        const cells = correctedCells({ earlier: line, own }, told, isOurs ? teller.spell : undefined);
        if (cells > 0) corrected.rows += 1;
        corrected.cells += cells;
        if (found.different === 1) found.firstRow = line?.cells.row ?? String(found.rows + 1);
      }
    }
    for (let next = await rows.next(); next.value !== undefined; next = await rows.next()) found.missing += 1;
  } finally {
    await rows.return(undefined);
  }
  return { ...found, corrected, byStatus, byException };
}

/** Of results that are not there: the rows that have their end. */
export async function holdNone(run: RunContents, teller: LineTeller): Promise<LinesHeld> {
  return holdLines(run, { header: await headerOf(run), lines: [] }, teller);
}

/** The user's own cells, as they were given, or kept from being formulas. */
function areGiven(own: readonly string[], given: readonly string[]): boolean {
  return own.length === given.length && own.every((cell, index) => isGiven(cell, given[index]));
}

function isGiven(cell: string, given: string = ''): boolean {
  const text = asWritten(given);
  return cell === text || cell === defuse(text);
}

/** What a tip asks to be written into a row that needs somebody. */
const CORRECTABLE: ReadonlySet<ResultColumn> = new Set([
  'opportunity_id',
  'entity_type',
  'entity_id',
  'replacement_id',
]);

/** Cells that are others than were written; 0 where one of them claims something of what was done. */
function correctedCells(
  { earlier: line, own }: LineToHold,
  told: RowTold | undefined,
  spell: LineTeller['spell'] | undefined,
): number {
  if (line === undefined || told === undefined || own.length !== told.own.length) return 0;
  const ours = toldOtherwise(line, told, spell);
  const isOpen = !isSettledAsWished(told.line.status);
  if (ours.some((name) => !isOpen || !CORRECTABLE.has(name))) return 0;
  return ours.length + own.filter((cell, index) => !isGiven(cell, told.own[index])).length;
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
  return line !== undefined && told !== undefined && toldOtherwise(line, told, spell).length === 0;
}

function toldOtherwise(
  line: EarlierResult,
  told: RowTold,
  spell: LineTeller['spell'] | undefined,
): readonly ResultColumn[] {
  const expected = told.line.cells;
  const isAsTold = (name: ResultColumn): boolean => {
    const [is, should] = [line.cells[name], expected[name] ?? ''];
    if (spell === undefined) return is === undefined || isWords(name) || is === should;
    if (is === undefined || is === should) return is !== undefined;
    if (!isWords(name)) return is === asWritten(should);
    return spell(withoutLater(is)) === spell(asWritten(withoutLater(should)));
  };
  return RESULT_COLUMNS.filter((name) => !isAsTold(name));
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
