import type { SkipReason } from '../../model/outcome.ts';
import type { InputRow, RowPlace, Target } from '../../model/row.ts';
import { columnIndexes, type ColumnIndexes } from '../columns/found-columns.ts';
import { headingIn, mayBeFooter, mayBeNone, MOST_FOOTER_LINES } from './footer.ts';
import { isLineWithoutEntity, leftOutValues } from '../selection/left-out-row.ts';
import type { InputOptions } from '../columns/input-options.ts';
import { countFooters, countHeading, countLong, countTwoMinds, type RunningTally } from './input-tally.ts';
import { earlierResult, ownCells } from '../columns/results-file.ts';
import { selectionOf, type Selection } from '../selection/selection.ts';
import { NOT_LOOKED_UP } from '../selection/solution-names.ts';
import { AskedTargets } from './asked-targets.ts';
import { MovedCells } from '../judge/moved-cells.ts';
import { RowJudge, type RecordPlace } from '../judge/row-judge.ts';
import { validRow } from './valid-row.ts';
import { ValuesReader } from './readings/values-reader.ts';
import { namedIds, severalAt, valuesAt, wantOf } from './readings/values-at.ts';
import type { OneReading } from './readings/two-readings.ts';
import { ResultsRows, type ResultsRow, type ToldOfResults } from './readings/results-row.ts';
import { isBlankRecord } from '../columns/table-head.ts';
import type { JudgedTable, TableReading } from '../columns/table-reading.ts';
import { refused, type RawValues, type Verdict } from '../values/validate-values.ts';

type RowReading = OneReading & Partial<ResultsRow>;

/** A row that is left out, with what it would have come to. */
interface SkippedRow {
  readonly why: SkipReason;
  readonly verdict: Verdict;
}

const NO_ENTITY: SkipReason = { kind: 'no_entity' };

/** Turns records into rows: decides what is a row at all, cleans, validates, finds duplicates, numbers. */
export class RowReader {
  readonly #table: TableReading;
  readonly #reader: ValuesReader;
  readonly #selection: Selection | undefined;
  readonly #wants: Pick<RowPlace, 'wantsReplacement'>;
  readonly #tally: RunningTally;
  readonly #asked: AskedTargets;
  readonly #columns: ColumnIndexes;
  readonly #ownColumns: ColumnIndexes | undefined;
  readonly #resultsRows: ResultsRows | undefined;
  readonly #judge: RowJudge;
  readonly #moved: MovedCells;
  readonly #looksUp: boolean;
  /** Possible footer lines, until a row after them shows that they are rows. */
  #held: { readonly cells: readonly string[]; readonly place: RecordPlace }[] = [];
  #afterBlank = false;
  #rows: InputRow[] = [];

  constructor(table: JudgedTable, options: InputOptions, tally: RunningTally) {
    this.#table = table;
    this.#selection = selectionOf(options, table);
    this.#wants = wantOf(options);
    this.#reader = new ValuesReader(table, options);
    this.#tally = tally;
    this.#asked = new AskedTargets(options.only);
    this.#columns = columnIndexes(table.columns);
    const { resultsFile } = table;
    this.#ownColumns = resultsFile && columnIndexes(resultsFile.ownColumns);
    this.#judge = new RowJudge(table);
    this.#moved = new MovedCells(this.#ownColumns ?? this.#columns);
    this.#looksUp = table.names.entities || table.names.replacements;
    const reading = { reader: this.#reader, judge: this.#judge, isJudged: options.ownTable === true };
    this.#resultsRows = resultsFile && new ResultsRows(table, resultsFile, reading);
  }

  /** Reads one record; `take` hands out what it became. */
  read(cells: readonly string[], place: RecordPlace): void {
    const reading = this.#readingOf(cells, place);
    const { opportunity, entity } = reading.values;
    if ((opportunity === '' || mayBeNone(entity)) && this.#isNoRow(cells, reading.values, place)) return;
    if (this.#held.length > 0) this.#release();
    this.#afterBlank = false;
    this.#place(cells, place, reading);
  }

  /** The rows read since it was last called. */
  take(): InputRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** The end of the file: lines still held were footers. */
  finish(): void {
    countFooters(this.#tally, this.#held);
    this.#held = [];
    // Of results, each line's own columns are held against ours.
    if (this.#table.resultsFile === undefined) this.#moved.finish(this.#table.name, this.#table.header);
    this.#reader.finish(this.#table.name);
    this.#selection?.finish();
    const unmet = this.#selection?.unmet();
    const conditions = this.#selection?.told() ?? [];
    this.#tally.told = { ...this.#tally.told, conditions, ...(unmet !== undefined && { unmet }) };
  }

  #readingOf(record: readonly string[], place: RecordPlace): RowReading {
    return this.#resultsRows?.read(record, place) ?? { values: valuesAt(record, this.#columns) };
  }

  /** Blank rows are counted and left out; what may be a footer is held back. */
  #isNoRow(cells: readonly string[], values: RawValues, place: RecordPlace): boolean {
    if (isBlankRecord(cells)) {
      this.#tally.blankRows += 1;
      this.#afterBlank = true;
      return true;
    }
    const setApart = this.#afterBlank || this.#held.length > 0;
    if (this.#table.resultsFile !== undefined || this.#held.length >= MOST_FOOTER_LINES) return false;
    if (!mayBeFooter({ opportunity: values.opportunity, entity: values.entity, record: cells, setApart }))
      return false;
    this.#held.push({ cells, place });
    return true;
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const { cells, place } of held) this.#place(cells, place, this.#readingOf(cells, place));
  }

  #place(cells: readonly string[], place: RecordPlace, reading: RowReading): void {
    countLong(this.#tally, cells.slice(this.#table.header.length), place.row);
    this.#moved.see(cells, place.row);
    const verdicts = this.#judged(cells, place, reading);
    this.#tally.splitRows += verdicts.length - 1;
    const heading = verdicts.every(({ ok }) => ok) ? undefined : headingIn(cells);
    if (heading !== undefined) countHeading(this.#tally, { row: place.row, text: heading });
    const own = this.#ownCells(cells);
    const slipped = this.#judge.mayDecideWrongly(own, verdicts, place);
    const left = this.#selection?.of({ record: cells, cells: own, verdicts, slipped, row: place.row });
    let part = 0;
    for (const verdict of verdicts) {
      const why = left?.[part++] ?? (this.#isWithoutEntity(cells, verdict, reading) ? NO_ENTITY : undefined);
      const begun = this.#begin(cells, place.row, verdict.ok ? reading.told?.(verdict.target) : undefined);
      if (why !== undefined) this.#skip(begun, { why, verdict });
      else this.#add(begun, verdict);
    }
  }

  /** What is wrong with a row as a whole explains what is wrong with its values. */
  #judged(
    record: readonly string[],
    place: RecordPlace,
    { values, refusal }: OneReading,
  ): readonly Verdict[] {
    const verdicts = refusal === undefined ? this.#verdictsOnAll(record, values) : [refusal];
    const wrong = verdicts.find((verdict) => !verdict.ok);
    const again = wrong && this.#judge.headerAgain(record, place.row);
    if (wrong !== undefined && again !== undefined) return [{ ...wrong, problems: [again] }];
    if (this.#table.resultsFile !== undefined) return verdicts;
    const problem = this.#judge.problemOf(record, verdicts, place);
    return problem === undefined ? verdicts : [refused(problem)];
  }

  /** Of several columns, each identifier's. A line of results stands for the one that it names, whatever they hold. */
  #verdictsOnAll(record: readonly string[], values: RawValues): readonly Verdict[] {
    const own = this.#ownColumns ?? this.#columns;
    if (own.entities.length === 0 || (this.#table.resultsFile !== undefined && values.entity !== ''))
      return this.#reader.verdictsOn(values);
    const several = severalAt(values, this.#ownCells(record), own);
    return several.length === 0
      ? this.#reader.verdictsOn(values)
      : several.flatMap((one) => this.#reader.verdictsOn(one));
  }

  /** A line for an opportunity that holds nothing, of an export or of results to which it came from one. */
  #isWithoutEntity(record: readonly string[], verdict: Verdict, { values }: OneReading): boolean {
    if (verdict.ok || values.entity !== '') return false;
    const { isExport, resultsFile } = this.#table;
    if (resultsFile !== undefined) return isLineWithoutEntity(earlierResult(record, resultsFile));
    return this.#columns.entities.length > 0 || (isExport && values.type === '');
  }

  #skip(begun: RowPlace, { why, verdict }: SkippedRow): void {
    this.#tally.skipped += 1;
    // Other options leave out all rows of an association.
    if (why.kind === 'where' && verdict.ok)
      countTwoMinds(this.#tally, this.#asked.leaveOut(verdict.target, begun));
    this.#rows.push({
      ...begun,
      ...this.#wants,
      kind: 'skipped',
      cleaned: leftOutValues(verdict, why),
      why,
    });
  }

  #add(begun: RowPlace, verdict: Verdict): void {
    const tally = this.#tally;
    if (!verdict.ok) {
      tally.invalid += 1;
      if (verdict.problems.some(({ kind }) => kind === NOT_LOOKED_UP)) tally.notLookedUp += 1;
      const { cleaned, problems } = verdict;
      this.#rows.push({ ...begun, ...this.#wants, kind: 'invalid', cleaned, problems });
      return;
    }
    const { target } = verdict;
    const firstRow = this.#asked.firstRowOf(target, begun);
    if (firstRow === 0) {
      tally.valid += 1;
      countTwoMinds(tally, { asked: begun.row, leftOut: this.#asked.leftOutRowOf(target) });
      if (target.replacement !== undefined) tally.replacing += 1;
      if (this.#looksUp) this.#countNamed(begun, target);
      const { fallbackType = target.entity.type } = this.#columns;
      if (target.entity.type !== fallbackType) tally.otherType += 1;
      this.#rows.push(validRow(begun, target, this.#asked.contradictionOf(target, begun)));
    } else {
      tally.duplicate += 1;
      this.#rows.push({ ...begun, kind: 'duplicate', target, firstRow });
    }
  }

  #countNamed({ cells, row }: RowPlace, target: Target): void {
    const named = namedIds(target, cells, this.#ownColumns ?? this.#columns);
    if (named.length === 0) return;
    this.#tally.named += 1;
    if (named.every((id) => this.#reader.isActive(id))) return;
    this.#tally.namedInactive += 1;
    this.#tally.firstInactiveRow ||= row;
  }

  /** Numbers a row; of a results file's record, with the user's cells, and what the earlier run said. */
  #begin(record: readonly string[], row: number, told?: ToldOfResults): RowPlace {
    const { resultsFile } = this.#table;
    const ordinal = this.#tally.rows;
    this.#tally.rows += 1;
    if (resultsFile === undefined) return { ordinal, row, cells: record };
    const earlier = earlierResult(record, resultsFile);
    return {
      ordinal,
      row,
      cells: this.#ownCells(record),
      ...(earlier !== undefined && { earlier }),
      ...told,
    };
  }

  #ownCells(record: readonly string[], { resultsFile } = this.#table): readonly string[] {
    return resultsFile === undefined ? record : ownCells(record, resultsFile);
  }
}
