import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isNearId } from '../../src/calls/look/near-id.ts';
import { realDisk, type Disk } from '../../src/disk/disk.ts';
import { thisMachine } from '../../src/disk/machine.ts';
import type { Selection } from '../../src/export/association-lines.ts';
import type { ExportSummary } from '../../src/export/export-summary.ts';
import { openExport, type ExportFolder, type ExportTarget } from '../../src/export/folder/open-export.ts';
import {
  publishFinished,
  runExport,
  type ExportContent,
  type ExportEvents,
  type ExportPorts,
} from '../../src/export/run-export.ts';
import type { OpportunitySnapshot } from '../../src/model/call.ts';
import { opportunityId } from '../partner-central/connection.ts';

const AT_MS = Date.UTC(2026, 10, 23, 9, 15);

/** A folder of the test's own. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oppsweep-export-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function targetIn(folder: string, changes: Partial<ExportTarget> = {}): ExportTarget {
  return {
    output: join(folder, 'now.csv'),
    terms: { catalog: 'Sandbox' },
    tool: 'oppsweep 1.2.3',
    purpose: 'a test',
    restart: false,
    ...changes,
  };
}

export function open(target: ExportTarget, disk: Disk = realDisk): Promise<ExportFolder> {
  return openExport(target, { disk, machine: thisMachine, wallMs: () => AT_MS }, () => undefined);
}

export const SOLUTION_OF: Readonly<Record<string, OpportunitySnapshot>> = Object.fromEntries(
  Array.from({ length: 7 }, (_, index) => [
    `O${index + 1}`,
    { entities: { Solutions: [`S-000000${index + 1}`] }, stage: 'Launched' },
  ]),
);

export const EVERYTHING: Selection = { entities: [], types: [], includeEmpty: false };

const SILENT: ExportEvents = { listed: () => undefined, began: () => undefined, read: () => undefined };

/** A service that lists its opportunities three a page; `reads` are those that were asked for. */
export function portsOn(
  held: Readonly<Record<string, OpportunitySnapshot>>,
  disk: Disk = realDisk,
): ExportPorts & { readonly reads: readonly string[] } {
  const ids = Object.keys(held).map(opportunityId);
  const reads: string[] = [];
  return {
    reads,
    askPage: async (token) => {
      const from = Number(token ?? 0);
      const more = from + 3 < ids.length;
      return { ok: true, items: ids.slice(from, from + 3), ...(more && { nextToken: String(from + 3) }) };
    },
    read: async (id) => {
      reads.push(id);
      const opportunity = held[id];
      if (opportunity !== undefined) return { ok: true, opportunity };
      return {
        ok: false,
        fault: { kind: 'refused', exception: 'ResourceNotFoundException', message: `${id} not found.` },
      };
    },
    ahead: 4,
    isNear: isNearId,
    caller: null,
    calls: () => ({ reads: reads.length, throttles: 0 }),
    disk,
    wallMs: () => AT_MS,
  };
}

/** Exports to the end, as the command does: opens, goes on, lets go. */
export async function exportAll(
  target: ExportTarget,
  ports: ExportPorts,
  content: ExportContent = { ids: undefined, selection: EVERYTHING },
): Promise<ExportSummary> {
  const folder = await open(target, ports.disk);
  try {
    return (await publishFinished(folder, ports.disk)) ?? (await runExport(folder, content, ports, SILENT));
  } finally {
    await folder.close();
  }
}
