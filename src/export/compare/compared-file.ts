import { createHash } from 'node:crypto';
import type { Disk } from '../../disk/disk.ts';
import { fileSource } from '../../input/bytes/read-file.ts';
import type { InputOptions } from '../../input/columns/input-options.ts';
import type { InputTally } from '../../input/rows/input-tally.ts';
import type { TableReading } from '../../input/columns/table-reading.ts';
import { isNamedAsText } from '../../input/workbook/workbook-kind.ts';
import { openInput } from '../../input/open-input.ts';
import { assertNever } from '../../model/fault.ts';
import { parseOpportunityId } from '../../model/entity.ts';
import type { InputRow } from '../../model/row.ts';
import { RunError } from '../../model/run-error.ts';
import type { Associated } from './associated.ts';
import { exportFacts, type ExportFacts } from './export-facts.ts';

/** A file that is compared, opened anew for each reading. */
export interface ComparedFile {
  readonly path: string;
  readonly facts: ExportFacts | undefined;
  readonly lines: () => AsyncGenerator<readonly Associated[]>;
  /** Of the newest reading. */
  readonly counts: () => FileCounts;
  readonly understood: () => { readonly table: TableReading; readonly tally: InputTally } | undefined;
}

/** What a reading found in a file. */
export interface FileCounts {
  readonly associations: number;
  /** Rows that name an opportunity and nothing else. */
  readonly empty: number;
  /** Rows that name no association: they are not compared. */
  readonly invalid: number;
  /** 0 where there is none. */
  readonly firstInvalidRow: number;
  /** Whether the file is no longer as it was exported. */
  readonly changed: boolean;
}

/** A file by its path, with what the export that it may be says of itself. */
export async function comparedFile(
  path: string,
  options: InputOptions,
  { disk, signal }: { readonly disk: Disk; readonly signal: AbortSignal },
): Promise<ComparedFile> {
  const facts = await exportFacts(path, disk);
  const none = { associations: 0, empty: 0, invalid: 0, firstInvalidRow: 0, changed: false };
  let counts: { -readonly [Name in keyof FileCounts]: FileCounts[Name] } = none;
  let understood: ReturnType<ComparedFile['understood']>;
  async function* lines(): AsyncGenerator<readonly Associated[]> {
    counts = { ...none };
    const hash = createHash('sha256');
    const input = await openInput(
      { name: path, bytes: hashed(fileSource(path).bytes, hash) },
      optionsFor(path, options),
    );
    try {
      if (input.table.resultsFile !== undefined) throw resultsGiven(path);
      for await (const batch of input.batches) {
        signal.throwIfAborted();
        yield batch.flatMap((row) => lineOf(row, counts));
      }
    } finally {
      await input.close();
    }
    counts.changed = facts !== undefined && facts.sha256 !== hash.digest('hex');
    understood = { table: input.table, tally: input.tally() };
  }
  return { path, facts, lines, counts: () => counts, understood: () => understood };
}

/** The options as far as they concern the file: of two that are compared one may be a workbook alone. */
export function optionsFor(path: string, options: InputOptions): InputOptions {
  return isNamedAsText(path) ? { ...options, sheet: undefined, visibleOnly: undefined } : options;
}

async function* hashed(
  bytes: AsyncIterable<Uint8Array>,
  hash: { readonly update: (piece: Uint8Array) => unknown },
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
}

function lineOf(
  row: InputRow,
  counts: { -readonly [Name in keyof FileCounts]: FileCounts[Name] },
): readonly Associated[] {
  switch (row.kind) {
    case 'valid': {
      const { opportunityId, entity } = row.target;
      counts.associations += 1;
      return [{ opportunityId, entity: { type: entity.type, id: entity.id }, row: row.row }];
    }
    case 'duplicate':
      return [];
    case 'skipped':
    case 'invalid': {
      const { opportunityId: text, entityType, entityId } = row.cleaned;
      const opportunityId = parseOpportunityId(text);
      if (opportunityId !== undefined && entityType === '' && entityId === '') {
        counts.empty += 1;
        return [{ opportunityId, row: row.row }];
      }
      counts.invalid += 1;
      counts.firstInvalidRow ||= row.row;
      return [];
    }
    default:
      return assertNever(row);
  }
}

function resultsGiven(path: string): RunError {
  return new RunError(
    'usage',
    `${path} holds results: they tell what a run did, and not what is associated now.`,
    { code: 'export_to_compare' },
  );
}
