import { saysReplaced, wasAnswered, type EarlierResult } from '../../../model/outcome.ts';
import type { Problem } from '../../../model/problem.ts';
import { cleanedOf, type RowPlace, type Target } from '../../../model/row.ts';
import { columnIndexes, type ColumnIndexes } from '../../columns/found-columns.ts';
import {
  earlierResult,
  ownCells,
  resultColumnsLost,
  type ResultsReading,
} from '../../columns/results-file.ts';
import type { TableReading } from '../../columns/table-reading.ts';
import type { RecordPlace, RowJudge } from '../../judge/row-judge.ts';
import { isLineWithoutEntity } from '../../selection/left-out-row.ts';
import { refused, type RawValues } from '../../values/validate-values.ts';
import { overruledNotes, readAnswered } from './answered-row.ts';
import type { TwoReadings } from './edited-row.ts';
import { OwnReader } from './own-reading.ts';
import { readOnce, type OneReading } from './two-readings.ts';
import { valuesAt, withoutMark } from './values-at.ts';
import type { ValuesReader } from './values-reader.ts';

/** Facts of a row that only results tell. */
export type ToldOfResults = Pick<RowPlace, 'overruled' | 'wantsReplacement'>;

/** A reading of results, and what is told of it where it comes to a target. */
export interface ResultsRow extends OneReading {
  readonly told: (target: Target) => ToldOfResults;
}

/** Reads rows of results, whose values stand twice: in the user's own columns, and in ours. */
export class ResultsRows {
  readonly #name: string;
  readonly #resultsFile: ResultsReading;
  readonly #columns: ColumnIndexes;
  readonly #own: OwnReader;
  readonly #reader: ValuesReader;
  readonly #judge: RowJudge;
  readonly #isJudged: boolean;

  /** `isJudged`: a run has taken these rows before, and they are read as it did. */
  constructor(
    { name, columns }: TableReading,
    resultsFile: ResultsReading,
    parts: { readonly reader: ValuesReader; readonly judge: RowJudge; readonly isJudged: boolean },
  ) {
    this.#name = name;
    this.#resultsFile = resultsFile;
    this.#columns = columnIndexes(columns);
    this.#own = new OwnReader(resultsFile);
    this.#reader = parts.reader;
    this.#judge = parts.judge;
    this.#isJudged = parts.isJudged;
  }

  read(record: readonly string[], place: RecordPlace): ResultsRow {
    const ours = withoutMark(valuesAt(record, this.#columns));
    const cells = ownCells(record, this.#resultsFile);
    const earlier = earlierResult(record, this.#resultsFile);
    const answered = wasAnswered(earlier) && !isLineWithoutEntity(earlier);
    const unsent = earlier?.attempts === 0;
    const readings = { ...this.#own.read(cells, ours, answered), ours, answered, unsent };
    const read = this.#reader.verdictsOn.bind(this.#reader);
    const lost = this.#lostReplacement(earlier, readings);
    const once =
      answered && !this.#isJudged
        ? readAnswered(readings, read, earlier?.cells.message ?? '')
        : this.#readRefused(readings, wasRefusedWhole(earlier, ours) ? withoutEmptyEnd(cells) : cells, {
            ...place,
            told: this.#isJudged ? undefined : toldOf(earlier),
          });
    return {
      ...once,
      told: (target) => {
        const overruled = overruledNotes({ ...readings, ours: valuesOf(target, ours) }, read);
        return { ...(overruled.length > 0 && { overruled }), ...(lost && { wantsReplacement: true }) };
      },
    };
  }

  /**
   * Whether the row was to be replaced, and the cell that said by what has been emptied. Whoever has emptied the user's own column as well wants no replacement any more.
   *
   * @throws RunError `input_columns` where the whole column was taken out
   */
  #lostReplacement(earlier: EarlierResult | undefined, { ours, mustSay }: TwoReadings): boolean {
    if (this.#isJudged || earlier === undefined) return false;
    if (!saysReplaced(earlier) && !this.#resultsFile.replacesAll) return false;
    if (this.#columns.replacement < 0) throw resultColumnsLost(this.#name, ['replacement_id']);
    return ours.replacement === '' && !mustSay.includes('replacement');
  }

  #readRefused(
    readings: TwoReadings,
    cells: readonly string[],
    { told, ...place }: RecordPlace & { readonly told: string | undefined },
  ): OneReading {
    const once = readOnce(readings, (values) => this.#reader.verdictsOn(values), told);
    const slip = this.#judge.problemOf(cells, this.#reader.verdictsOn(readings.own), place);
    return slip === undefined ? once : this.#slipped(readings.ours, slip);
  }

  /** Cells that slipped say nothing; whoever has filled in ours has said what is meant. */
  #slipped(ours: RawValues, slip: Problem): OneReading {
    return this.#reader.verdictsOn(ours).every(({ ok }) => ok)
      ? { values: ours }
      : { values: ours, refusal: refused(slip) };
  }
}

/** Whether a row's cells were taken for nothing that it may mean. */
function wasRefusedWhole(earlier: EarlierResult | undefined, ours: RawValues): boolean {
  return earlier?.status === 'invalid' && ours.opportunity === '' && ours.entity === '';
}

/** Results have a cell in each column, where the input's row may have ended before. */
function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
}

/** What was said to be wrong with a row; nothing is known of one that was added since. */
function toldOf(earlier: EarlierResult | undefined): string | undefined {
  return earlier?.status === 'invalid' ? (earlier.cells.message ?? '') : earlier && '';
}

function valuesOf(target: Target, { replacementType }: RawValues): RawValues {
  const { opportunityId, entityType, entityId, replacementId } = cleanedOf(target);
  return {
    opportunity: opportunityId,
    type: entityType,
    entity: entityId,
    replacement: replacementId,
    replacementType,
  };
}
