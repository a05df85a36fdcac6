import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SeedLine } from '../../../src/emulator/partner/opportunity-details.ts';
import type { Operation } from '../../../src/model/operation.ts';
import { readSeed, readState } from '../../../src/run/request/read-seed.ts';

async function seedOf(...lines: readonly string[]): Promise<SeedLine[]> {
  return seedBefore(undefined, ...lines);
}

async function seedBefore(
  operation: Operation | undefined,
  ...lines: readonly string[]
): Promise<SeedLine[]> {
  const read = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(lines.map((line) => `${line}\n`).join(''));
  };
  const seed: SeedLine[] = [];
  const input = { name: 'seed.csv', read, options: {} };
  for await (const line of readSeed(input, operation && (() => operation))) seed.push(line);
  return seed;
}

const S1 = { type: 'Solutions', id: 'S-0000001' };
const S2 = { type: 'Solutions', id: 'S-0000002' };

describe('readSeed', () => {
  it('gives the associations that the valid rows name, each once', async () => {
    const seed = await seedOf(
      'Opportunity ID,Related Entity',
      'O1,S-0000001',
      'O1,S-0000001',
      'O3,nonsense',
      'O2,S-0000002',
    );
    expect(seed).toEqual([
      { opportunityId: 'O1', entity: S1 },
      { opportunityId: 'O2', entity: S2 },
    ]);
  });

  it('takes an export as it stands', async () => {
    const seed = await seedOf(
      'Opportunity ID,Entity Type,Related Entity,Stage,Review Status,Customer,Project Title,Partner CRM ID,Last Modified',
      'O1,Solutions,S-0000001,Launched,In review,"Acme, Inc",Move,CRM-7,2025-06-01T12:00:00.000Z',
    );
    expect(seed).toEqual([
      {
        opportunityId: 'O1',
        entity: S1,
        details: {
          stage: 'Launched',
          reviewStatus: 'In review',
          customer: 'Acme, Inc',
          projectTitle: 'Move',
          partnerCrmId: 'CRM-7',
          lastModifiedMs: Date.UTC(2025, 5, 1, 12),
        },
      },
    ]);
  });

  it('knows an opportunity that holds nothing by a row without an entity', async () => {
    const seed = await seedOf(
      'Opportunity ID,Entity Type,Related Entity,Review Status',
      'O1,Solutions,S-0000001,Approved',
      'O2,,,Submitted',
    );
    expect(seed[1]).toEqual({ opportunityId: 'O2', details: { reviewStatus: 'Submitted' } });
  });

  it('reads dates, and the words of the service in any case', async () => {
    const [line] = await seedOf(
      'Opportunity ID,Related Entity,LifeCycle.Stage,Review status,Created,Target Close Date',
      'O1,S-0000001,technical validation,IN REVIEW,2025-02-03,2026-03-04',
    );
    expect(line?.details).toEqual({
      stage: 'Technical Validation',
      reviewStatus: 'In review',
      createdMs: Date.UTC(2025, 1, 3),
      targetCloseDate: '2026-03-04',
    });
  });

  it("leaves out what is not the service's: people have columns of these names too", async () => {
    const [line] = await seedOf(
      'Opportunity ID,Related Entity,Stage,Last Modified,Customer',
      'O1,S-0000001,Proposal,last week,',
    );
    expect(line?.details).toEqual({});
  });

  it('of work to be done gives what is to be removed, and nothing that an earlier row attaches', async () => {
    const rows = ['Opportunity ID,Solution ID,New Solution ID', 'O1,S-0000001,S-0000002', 'O1,S-0000002,'];
    expect(await seedBefore('disassociate', ...rows)).toEqual([
      { opportunityId: 'O1', entity: S1 },
      { opportunityId: 'O1' },
    ]);
    expect(await seedBefore('associate', ...rows)).toEqual([
      { opportunityId: 'O1' },
      { opportunityId: 'O1' },
    ]);
  });
});

describe('readState', () => {
  async function stateOf(...lines: readonly string[]): Promise<SeedLine[]> {
    const folder = mkdtempSync(join(tmpdir(), 'oppsweep-state-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'held.csv');
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
    const state: SeedLine[] = [];
    for await (const line of readState(path, undefined)) state.push(line);
    return state;
  }
  const HEADER = 'Opportunity ID,Entity Type,Related Entity';

  it('gives what the rows say is there, and opportunities that hold nothing', async () => {
    expect(await stateOf(HEADER, 'O1,Solutions,S-0000001', 'O1,Solutions,S-0000001', 'O2,,')).toEqual([
      { opportunityId: 'O1', entity: S1 },
      { opportunityId: 'O2' },
    ]);
  });

  it('refuses rows that can’t be used: how many, the first and why, and the command that shows each', async () => {
    const state = stateOf(HEADER, 'O1,Solutions,S-0000001', 'O3,Solutions,nonsense', 'O4,Sausages,S-0000001');
    await expect(state).rejects.toMatchObject({
      code: 'input_format',
      message: expect.stringMatching(
        /^2 rows of .*held\.csv can't be used, row 3 the first: .*nonsense/,
      ) as unknown,
      advice: { code: 'mend_state' },
    });
    await expect(stateOf(HEADER, 'O3,Solutions,nonsense')).rejects.toThrow(
      /^Row 2 of .*held\.csv can't be used: /,
    );
  });
});
