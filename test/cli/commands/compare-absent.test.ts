import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeContext, type FakeContext } from '../fake-context.ts';

const HEADER = 'Opportunity ID,Entity Type,Related Entity';
const BEFORE = `${HEADER}\nO1,Solutions,S-0000001\nO2,Solutions,S-0000002\n`;
const AFTER = `${HEADER}\nO1,Solutions,S-0000001\n`;

interface Export {
  /** Of a file, or of the pipeline. */
  readonly ids?: string;
  readonly read?: number;
  readonly types?: readonly string[];
}

/** A file, and the summary that an export of it has left. */
function write(context: FakeContext, name: string, text: string, made: Export | undefined): string {
  if (made !== undefined) {
    const { ids, read = 1, types = [] } = made;
    const opportunities = ids === undefined ? 'the pipeline' : 'a file';
    const sha256 = createHash('sha256').update(text).digest('hex');
    const summary = {
      command: 'export',
      terms: { catalog: 'AWS', opportunities, filters: '{}', ...(ids !== undefined && { ids }) },
      selection: { entities: [], types, includeEmpty: false },
      results: { name: `${name}.csv`, sha256 },
      counts: { opportunities: read, read, unread: 0, empty: 0, written: text.split('\n').length - 2 },
      finishedAt: '2026-11-26T08:00:00.000Z',
    };
    context.write(`${name}.summary.json`, JSON.stringify(summary));
  }
  return context.write(`${name}.csv`, text);
}

it.each<[string, Export | undefined, Export | undefined, string]>([
  [
    'without a summary',
    undefined,
    undefined,
    'nothing is associated in the other file, or its export did not read it.',
  ],
  [
    'of the same list',
    { ids: 'a', read: 2 },
    { ids: 'a', read: 2 },
    'the export of AFTER read it, and nothing is associated.',
  ],
  [
    'of the same list and some types',
    { ids: 'a', read: 2, types: ['Solutions'] },
    { ids: 'a', read: 2, types: ['Solutions'] },
    'the export of AFTER read it, and nothing that was asked for is associated.',
  ],
  [
    'of a list beside a file of somebody’s',
    undefined,
    { ids: 'a', read: 1 },
    'the export of AFTER did not have it.',
  ],
  [
    'of a pipeline of which each has a line',
    { read: 2 },
    { read: 1 },
    'the export of AFTER did not list it.',
  ],
  [
    'of a pipeline with some that hold nothing',
    { read: 2 },
    { read: 4 },
    'the export of AFTER did not list it, or nothing is associated (of those that it read, 3 have no line).',
  ],
])(
  'why an opportunity stands in one file alone is told by the summary of the other: %s',
  async (_name, before, after, why) => {
    const context = makeContext();
    const paths = [write(context, 'before', BEFORE, before), write(context, 'after', AFTER, after)] as const;
    expect(await context.run('compare', ...paths)).toBe(1);
    expect(context.said().err).toContain(
      `1 of them stands in ${paths[0]} alone: ${why.replace('AFTER', paths[1])}`,
    );
  },
);
