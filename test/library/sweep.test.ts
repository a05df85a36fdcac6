import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  check,
  memoryStore,
  plan,
  sweep,
  type InputObject,
  type SettledRow,
  type SweepOptions,
} from '../../src/index.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oppsweep-library-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const FAST: SweepOptions = { emulator: true, rate: 'unlimited', readRate: 'unlimited' };

function people(rows: number): string {
  const path = join(folder, 'people.csv');
  const lines = Array.from(
    { length: rows },
    (_, index) => `O${100 + index},Solutions,S-${1_000_000 + index}`,
  );
  writeFileSync(
    path,
    ['Opportunity ID,Entity Type,Entity ID', 'O1,Solutions,nothing', ...lines, ''].join('\n'),
  );
  return path;
}

async function all(rows: AsyncIterable<SettledRow>): Promise<readonly string[]> {
  const told: string[] = [];
  for await (const { row, outcome } of rows) told.push(`${row.row} ${outcome.status}`);
  return told;
}

describe('sweep', () => {
  it('gives every row of a file, and writes what the command writes', async () => {
    const run = sweep(people(2), FAST);
    expect(await all(run)).toEqual(['2 invalid', '3 disassociated', '4 disassociated']);
    expect((await run.summary).counts.byStatus).toEqual({ disassociated: 2, invalid: 1 });
    expect(readFileSync(join(folder, 'people.results.csv'), 'utf8').split('\n')).toHaveLength(5);
    expect(JSON.parse(readFileSync(join(folder, 'people.results.summary.json'), 'utf8'))).toMatchObject({
      runId: (await run.summary).runId,
    });
  });

  it('takes the rows that are meant, and what takes their place, as the command does', async () => {
    const run = sweep(people(3), {
      ...FAST,
      where: 'Opportunity ID!=O102',
      entities: ['S-1000000', 'S-1000002'],
      replaceWith: 'S-0000009',
    });
    expect(await all(run)).toEqual(['2 skipped', '3 replaced', '4 skipped', '5 skipped']);
    const objects: InputObject[] = [
      { opportunity: 'O1', entity: 'S-0000001' },
      { opportunity: 'O2', entity: 'S-0000002', replacement: 'S-0000003' },
    ];
    const replaced = sweep(objects, { ...FAST, store: memoryStore(), replaceWith: 'S-0000009' });
    expect(await all(replaced)).toEqual(['2 replaced', '3 invalid']);
    const both = sweep(objects, { ...FAST, replaceWith: 'S-0000009', replaceMap: 'map.csv' });
    await expect(both.summary).rejects.toMatchObject({ code: 'usage' });
    const misspelt = sweep(people(1), { ...FAST, restart: true, where: [] });
    await expect(misspelt.summary).rejects.toMatchObject({ code: 'usage' });
  });

  it('takes plain objects, whose further fields are carried through', async () => {
    const objects: InputObject[] = [
      { opportunity: 'O1', type: 'Solutions', entity: 'S-0000001', note: 'mine' },
      { opportunity: 'O2', type: 'Solutions', entity: 'S-0000002', note: 7 },
    ];
    const output = join(folder, 'done.csv');
    const run = sweep(objects, { ...FAST, output });
    expect(await all(run)).toEqual(['2 disassociated', '3 disassociated']);
    expect(readFileSync(output, 'utf8')).toContain('O2,Solutions,S-0000002,,7,3,disassociated');
  });

  it('writes no file with a memory store, and goes on in it', async () => {
    const objects: InputObject[] = [
      { opportunity: 'O1', entity: 'S-0000001' },
      { opportunity: 'O2', entity: 'S-0000002' },
    ];
    const options = { ...FAST, store: memoryStore() };
    const first = sweep(objects, { ...options, limit: 1 });
    await expect(first.summary).rejects.toMatchObject({ code: 'limit_reached' });
    const rest = sweep(objects, options);
    expect(await all(rest)).toEqual(['2 disassociated', '3 disassociated']);
    expect((await rest.summary).counts.attempts).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes the bytes of a file', async () => {
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('Opportunity ID,Entity ID\nO1,S-000');
      yield Buffer.from('0001\n');
    }
    expect(await all(sweep(bytes(), { ...FAST, output: join(folder, 'done.csv') }))).toEqual([
      '2 disassociated',
    ]);
  });

  it('stops when its loop is left, and goes on with the rest by the same call', async () => {
    const path = people(300);
    const seen: string[] = [];
    for await (const { row, outcome } of sweep(path, { ...FAST, concurrency: 1 })) {
      seen.push(`${row.row} ${outcome.status}`);
      if (seen.length === 5) break;
    }
    const rest = sweep(path, FAST);
    const told = await all(rest);
    expect(told.slice(0, 5)).toEqual(seen);
    expect(told).toHaveLength(301);
    const { counts } = await rest.summary;
    expect(counts.attempts).toBe(300);
  });

  it('stops by its signal, as Ctrl-C does', async () => {
    const stop = new AbortController();
    const run = sweep(people(300), { ...FAST, signal: stop.signal });
    const looping = (async () => {
      for await (const { row } of run) if (row.row === 4) stop.abort();
    })();
    await expect(looping).rejects.toMatchObject({ code: 'interrupted' });
    await expect(run.summary).rejects.toMatchObject({ code: 'interrupted' });
  });

  it.each([
    [{}, 'usage', 'No catalog is given.'],
    [{ catalog: 'AWS' }, 'confirmation_missing', 'changes live data'],
    [{ ...FAST, protectlast: true }, 'usage', 'There is no option "protectlast". Did you mean protectLast?'],
    [{ ...FAST, noPreflight: true }, 'usage', 'There is no option "noPreflight". Write preflight: false.'],
    [{ ...FAST, signal: 'x' }, 'usage', 'The option "signal" takes an AbortSignal.'],
    [{ ...FAST, store: 5 }, 'usage', 'The option "store" takes an object'],
    [{ ...FAST, only: 'faild' }, 'usage', 'The option "only" takes statuses of rows'],
    [{ ...FAST, rate: 0 }, 'usage', 'The option "rate" takes calls a second'],
    [{ ...FAST, outageWait: -1 }, 'usage', 'The option "outageWait" takes minutes'],
    [{ ...FAST, maxFailures: '5' }, 'usage', 'The option "maxFailures" takes'],
  ])('refuses %j', async (options, code, message) => {
    // What a caller without types may give.
    const run = sweep(people(1), options as SweepOptions);
    await expect(run.summary).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    });
  });

  it.each([null, 42, {}, new URL('file:///people.csv')])('refuses the input %s', async (input) => {
    // What a caller without types may give.
    const run = sweep(input as unknown as string, FAST);
    await expect(run.summary).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('The input is a path') as string,
    });
  });

  it('asks for a name of the results where the input has none', async () => {
    const run = sweep([{ opportunity: 'O1', entity: 'S-0000001' }], FAST);
    await expect(run.summary).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('plan', () => {
  it('tells what a sweep would do, and changes nothing', async () => {
    const planned = plan(people(2), FAST);
    expect(await all(planned)).toEqual(['2 invalid', '3 would_disassociate', '4 would_disassociate']);
    expect((await planned.summary).counts.plan?.writesNeeded).toBe(2);
  });
});

describe('check', () => {
  it('validates every row, and tells how the input was read', async () => {
    const checked = check(people(2));
    const kinds: string[] = [];
    for await (const row of checked) kinds.push(row.kind);
    expect(kinds).toEqual(['invalid', 'valid', 'valid']);
    const { counts, reading } = await checked.summary;
    expect(counts).toMatchObject({ rows: 3, valid: 2, invalid: 1 });
    expect(reading.headerRow).toBe(1);
  });
});
