import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, asyncProperty, integer, tuple, uniqueArray } from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../../src/disk/disk.ts';
import { comparedFile } from '../../../src/export/compare/compared-file.ts';
import { compareFiles, type Comparison } from '../../../src/export/compare/compare-files.ts';
import type { Change } from '../../../src/export/compare/lay-side-by-side.ts';
import { openSortSpace } from '../../../src/export/compare/sort-space.ts';

interface Compared {
  readonly comparison: Comparison;
  readonly changes: readonly Change[];
  /** Sorted pieces that were kept on disk. */
  readonly pieces: number;
}

const HEADER = 'Opportunity ID,Entity Type,Related Entity';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-compare-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function compareTexts(before: string, after: string, held?: number): Promise<Compared> {
  const folder = newFolder();
  const fileOf = (name: string, text: string): string => {
    writeFileSync(join(folder, name), `${HEADER}\n${text}`);
    return join(folder, name);
  };
  const world = { disk: realDisk, signal: new AbortController().signal };
  const left = await comparedFile(fileOf('before.csv', before), {}, world);
  const right = await comparedFile(fileOf('after.csv', after), {}, world);
  const space = openSortSpace(folder, realDisk);
  let changes: Change[] = [];
  const comparison = await compareFiles(
    { before: left, after: right, space, ...(held !== undefined && { held }) },
    {
      begin: async () => {
        changes = [];
      },
      add: async (more) => {
        changes.push(...more);
      },
    },
  );
  const pieces = space.pieces();
  await space.close();
  expect(readdirSync(folder).toSorted()).toEqual(['after.csv', 'before.csv']);
  return { comparison, changes, pieces };
}

const words = ({ changes }: Compared): readonly string[] =>
  changes.map(({ kind, opportunityId, entityId }) => `${kind} ${opportunityId} ${entityId}`);

describe('compareFiles', () => {
  it('tells what was added, removed and kept, in the order of opportunities, whatever that of the rows', async () => {
    const before = 'O10,Solutions,S-1\nO9,Solutions,S-1\nO9,AwsProducts,AmazonEC2\n';
    const after = 'O9,AwsProducts,AmazonEC2\nO9,Solutions,S-2\nO11,Solutions,S-1\nO10,Solutions,S-1\n';
    const compared = await compareTexts(before, after);
    expect(words(compared)).toEqual([
      'removed O9 S-1',
      'same O9 AmazonEC2',
      'added O9 S-2',
      'same O10 S-1',
      'added O11 S-1',
    ]);
    expect(compared.comparison).toEqual({
      counts: { added: 2, removed: 1, same: 2 },
      byType: {
        Solutions: { added: 2, removed: 1, same: 1 },
        AwsProducts: { added: 0, removed: 0, same: 1 },
      },
      opportunities: { alike: 1, different: 2, onlyBefore: 0, onlyAfter: 1, notCompared: 0 },
      equal: false,
    });
  });

  it('takes a bare identifier for the end of its ARN, and two accounts’ ARNs for two entities', async () => {
    const arn = (account: string): string =>
      `arn:aws:aws-marketplace:us-east-1:${account}:AWSMarketplace/Offer/offer-1`;
    const line = (opportunity: string, id: string): string => `${opportunity},AwsMarketplaceOffers,${id}\n`;
    const [first, second] = [arn('111111111111'), arn('222222222222')];
    const compared = await compareTexts(
      line('O1', 'offer-1') + line('O2', first),
      line('O1', first) + line('O2', second),
    );
    expect(words(compared)).toEqual(['same O1 offer-1', `removed O2 ${first}`, `added O2 ${second}`]);
  });

  it('counts a row that is there twice once, and a row of an opportunity alone as nothing', async () => {
    const { comparison } = await compareTexts(
      'O1,Solutions,S-1\nO1,Solutions,S-1\n',
      'O1,Solutions,S-1\nO2,,\n',
    );
    expect([comparison.equal, comparison.counts]).toEqual([true, { added: 0, removed: 0, same: 1 }]);
  });

  it('claims no equality where a row could not be compared', async () => {
    const { comparison } = await compareTexts('O1,Solutions,S-1\n', 'O1,Solutions,S-1\n#2,Solutions,S-1\n');
    expect([comparison.equal, comparison.counts.added]).toEqual([false, 0]);
  });

  it('refuses a file of which no row names an association', async () => {
    await expect(compareTexts('O1,Solutions,S-1\n', '#1,Solutions,S-1\n')).rejects.toMatchObject({
      code: 'input_format',
      message: expect.stringContaining('row 2') as string,
    });
  });

  it('keeps nothing on disk for long files that are sorted, and pieces of those that are not', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `O${1_000 + index},Solutions,S-1`);
    const sorted = `${lines.join('\n')}\n`;
    const shuffled = `${lines.toReversed().join('\n')}\n`;
    const streamed = await compareTexts(sorted, sorted, 10);
    const spilled = await compareTexts(sorted, shuffled, 100);
    expect([streamed.pieces, streamed.comparison.counts.same]).toEqual([0, 500]);
    expect([spilled.pieces, spilled.comparison.counts.same]).toEqual([expect.any(Number), 500]);
    // A batch may exceed what is to be held: fewer pieces than files' lines by what is held, and never none.
    expect(spilled.pieces).toBeGreaterThanOrEqual(4);
  });

  it('finds the same changes in any order of rows, in memory and on disk', async () => {
    const association = tuple(integer({ min: 1, max: 30 }), integer({ min: 1, max: 4 }));
    const associations = uniqueArray(association, { selector: (pair) => pair.join(), maxLength: 60 });
    await assert(
      asyncProperty(associations, associations, integer({ min: 1, max: 20 }), async (left, right, held) => {
        const text = (pairs: readonly (readonly [number, number])[]): string =>
          pairs.map(([opportunity, id]) => `O${opportunity},Solutions,S-${id}\n`).join('');
        const has = (pairs: readonly (readonly [number, number])[], wanted: readonly number[]): boolean =>
          pairs.some((pair) => pair.join() === wanted.join());
        const expected = {
          added: right.filter((pair) => !has(left, pair)).length,
          removed: left.filter((pair) => !has(right, pair)).length,
          same: left.filter((pair) => has(right, pair)).length,
        };
        const inMemory = await compareTexts(text(left), text(right));
        const onDisk = await compareTexts(text(left), text(right), held);
        expect(inMemory.comparison.counts).toEqual(expected);
        expect(onDisk.changes).toEqual(inMemory.changes);
      }),
      { numRuns: 60 },
    );
  });
});
