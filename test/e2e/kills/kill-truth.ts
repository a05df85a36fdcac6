import { expect } from 'vitest';
import type { Ended } from '../stage/program.ts';
import { parseResults, type ResultLine } from '../stage/results-file.ts';
import { ledgerEntries, unwarrantedRepeats } from '../stage/server-record.ts';
import type { KillKind, KillRow } from './kill-kinds.ts';
import type { KillStage } from './kill-stage.ts';

/** The finished results against the job, the server's own record, what it holds, and the ledger. */
export async function expectTheTruth(stage: KillStage, last: Ended): Promise<void> {
  const { kind, rows } = stage;
  expect(last.stderr).toContain(`Finished: ${rows.length.toLocaleString('en')} rows read`);
  expect(last.code).toBe(kind.exitCode);

  const changes = changesOf(stage);
  const places = new Map(changes.map((change, place) => [change, place]));
  const changesOfRows = rows.map((row) => writesOf(kind, row).map((write) => places.get(write)));
  const wasChanged = changesOfRows.map((own) => !own.includes(undefined));
  expect(wasChanged.filter(Boolean)).toHaveLength(kind.changedOf(rows.length));
  // Nothing was changed twice, and nothing but what a row asked for; of a row in its order, the new one first.
  expect(changes).toHaveLength(changesOfRows.filter((_, index) => wasChanged[index]).flat().length);
  expect(changesOfRows).toEqual(
    changesOfRows.map((own) => own.toSorted((one, other) => (one ?? 0) - (other ?? 0))),
  );

  const lines = linesByTarget(stage);
  expect(lines.size).toBe(rows.length);
  expect(rows.map((row) => lines.get(`${row.opportunityId} ${kind.named(row)}`)?.['status'])).toEqual(
    wasChanged.map(kind.status),
  );
  expect(heldNow(stage)).toEqual(
    rows
      .flatMap((row, index) =>
        kind.heldAfter(row, wasChanged[index] ?? false).map((entityId) => `${row.opportunityId} ${entityId}`),
      )
      .toSorted(),
  );
  expect(unwarrantedRepeats(stage.calls())).toEqual([]);
  expect(falseClaims(stage, lines)).toEqual([]);
  // Nothing is left of what the dead were about to write, nor of what they held.
  expect(stage.folder.names().filter((name) => STRAY.test(name))).toEqual([]);
  expect(ledgerEntries(stage.folder)).toBeGreaterThanOrEqual(stage.writes().length);
}

/** Temporary files, parts of the input's copy, and locks. */
const STRAY = /\.tmp$|\.part$|(^|[/.])lock(\.|$)/;

/** The writes that a row asks for, such as `O1 DisassociateOpportunity S-0000001`. */
function writesOf(kind: KillKind, row: KillRow): readonly string[] {
  return kind.writes(row).map((write) => `${row.opportunityId} ${write}`);
}

/** The same of every write that changed something, each as often as it did. */
function changesOf(stage: KillStage): readonly string[] {
  return stage
    .writes()
    .filter(({ changed }) => changed)
    .map(({ operation, opportunityId, entityId }) => `${opportunityId} ${operation} ${entityId}`);
}

function linesByTarget({ folder, results }: KillStage): ReadonlyMap<string, ResultLine> {
  const lines = parseResults(folder.read(results));
  return new Map(lines.map((line) => [`${line['opportunity_id']} ${line['entity_id']}`, line]));
}

function heldNow({ emulator }: KillStage): readonly string[] {
  return [...emulator.associations()]
    .map(({ opportunityId, entityId }) => `${opportunityId} ${entityId}`)
    .toSorted();
}

/** Request ids in the results that the service did not give to a call of that opportunity. */
function falseClaims(stage: KillStage, lines: ReadonlyMap<string, ResultLine>): readonly string[] {
  const served = new Set(
    stage.calls().map(({ requestId, opportunityId }) => `${opportunityId} ${requestId}`),
  );
  return [...lines.values()]
    .flatMap((line) => (line['request_ids'] ?? '').split(' ').map((id) => [line['opportunity_id'], id]))
    .filter(([, id]) => id !== '')
    .map((claim) => claim.join(' '))
    .filter((claim) => !served.has(claim));
}
