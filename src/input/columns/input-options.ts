import type { ListedSolution } from '../../model/call.ts';
import type { EntityType } from '../../model/entity.ts';
import type { RowStatus } from '../../model/outcome.ts';
import type { WorkbookOptions } from '../workbook/sheet-reading.ts';
import type { Delimiter } from '../records/delimiter.ts';

/** What takes the place of what, resolved. */
export interface ReplaceMap {
  /** As messages call it: the file's name, perhaps. */
  readonly name: string;
  readonly pairs: readonly (readonly [old: string, replacement: string])[];
  /** The names that stand over the two columns; absent where none do. */
  readonly heads?: readonly [old: string, replacement: string];
  /** Whether neither name says which of the two is the old one, so that their order was taken for it. */
  readonly byOrder?: true;
  /** Its other columns that seem to say what to do with a pair, which nobody obeys; absent where none do. */
  readonly deciding?: readonly DecidingColumn[];
}

export interface DecidingColumn {
  readonly name: string;
  /** A value that says so; empty where its name alone does. */
  readonly says: string;
}

/** The user's word on the file. Whatever is absent is found out. */
export interface InputOptions extends WorkbookOptions {
  /** A header's name, or the column's 1-based position where no header has that name. */
  readonly opportunityColumn?: string | undefined;
  readonly typeColumn?: string | undefined;
  readonly entityColumn?: string | undefined;
  /** Several columns of identifiers, two at least, in place of the one. */
  readonly entityColumns?: readonly string[] | undefined;
  readonly replaceColumn?: string | undefined;
  /** The replacements' types; else each one's shape tells its own, or it is the entity's. */
  readonly replaceTypeColumn?: string | undefined;
  /** One type for the whole file; a type column is then not read. */
  readonly entityType?: EntityType | undefined;
  readonly delimiter?: Delimiter | undefined;
  /** Any label that iconv-lite knows. */
  readonly encoding?: string | undefined;
  /** The first row is data; columns are given by position. */
  readonly noHeader?: boolean | undefined;
  /** A program wrote the table, cell by cell, such as this tool: no value of it has slipped to where it does not belong. */
  readonly ownTable?: boolean | undefined;
  /** Several identifiers in one cell become one row each. */
  readonly split?: boolean | undefined;
  /** `COLUMN=VALUE,…` or `COLUMN!=VALUE,…`: a row is meant only if all hold. */
  readonly where?: readonly string[] | undefined;
  /** One account's rows of many: what is asked for, and no row here has, may stand in others'. */
  readonly partOfWhole?: boolean | undefined;
  /** The identifiers that are meant; all, if absent. */
  readonly entities?: readonly string[] | undefined;
  /** Where the file is results: the statuses of the rows that are asked for. */
  readonly only?: readonly RowStatus[] | undefined;
  /** Nothing takes the place of anything: a column of replacements is told as not used. */
  readonly unreplaced?: boolean | undefined;
  /** One identifier that is attached in the place of every row's. */
  readonly replaceWith?: string | undefined;
  /** The partner's solutions, by which names in place of identifiers are read; absent where nobody was asked. */
  readonly solutions?: readonly ListedSolution[] | undefined;
  /** What is attached in the place of which identifier; rows of others are left out. */
  readonly replaceMap?: ReplaceMap | undefined;
  /** Bytes of text whose rows are read at once: few where each is held until its call goes. Absent, as is fastest. */
  readonly pieceBytes?: number | undefined;
}
