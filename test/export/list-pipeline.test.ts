import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../src/disk/disk.ts';
import { openKeptList, type KeptList } from '../../src/export/folder/kept-list.ts';
import { listPipeline, type AskPage } from '../../src/export/list-pipeline.ts';
import { opportunityId } from '../partner-central/connection.ts';
import { newFolder } from './export-scene.ts';

const REFUSED = {
  ok: false,
  fault: { kind: 'refused', exception: 'ValidationException', message: 'NextToken' },
} as const;

/** Two pages; the calls named in `refused`, from 1, are refused. */
function asking(refused: (call: number) => boolean): { readonly ask: AskPage; readonly tokens: unknown[] } {
  const tokens: unknown[] = [];
  return {
    tokens,
    ask: async (token) => {
      tokens.push(token);
      if (refused(tokens.length)) return REFUSED;
      return token === undefined
        ? { ok: true, items: [opportunityId('O1')], nextToken: 'second' }
        : { ok: true, items: [opportunityId('O2')] };
    },
  };
}

async function newList(): Promise<KeptList> {
  return openKeptList(realDisk, join(await newFolder(), 'list.jsonl'));
}

describe('listPipeline', () => {
  it('asks page by page until there is no token', async () => {
    const list = await newList();
    const { ask, tokens } = asking(() => false);
    await listPipeline(list, ask, () => undefined);
    expect(list.items()).toEqual(['O1', 'O2']);
    expect(tokens).toEqual([undefined, 'second']);
    await list.close();
  });

  it('begins again where a token is refused', async () => {
    const list = await newList();
    const { ask, tokens } = asking((call) => call === 2);
    await listPipeline(list, ask, () => undefined);
    expect(list.items()).toEqual(['O1', 'O2']);
    expect(tokens).toEqual([undefined, 'second', undefined, 'second']);
    await list.close();
  });

  it('does not begin again for ever', async () => {
    const list = await newList();
    const { ask, tokens } = asking((call) => call % 2 === 0);
    await expect(listPipeline(list, ask, () => undefined)).rejects.toMatchObject({ code: 'usage' });
    expect(tokens.length).toBeLessThanOrEqual(10);
    await list.close();
  });

  it('gives up at once where the list itself is refused', async () => {
    const list = await newList();
    const { ask, tokens } = asking(() => true);
    await expect(listPipeline(list, ask, () => undefined)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('ValidationException: NextToken') as string,
    });
    expect(tokens).toEqual([undefined]);
    await list.close();
  });
});
