import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import { workbookOf } from '../../input/workbook/zip-writer.ts';
import { runHere } from '../stage/program-here.ts';
import { startStageEmulator, type StageEmulator } from '../stage/stage-emulator.ts';
import { makeWorkFolder, type Test, type WorkFolder } from '../stage/work-folder.ts';

export const RECIPES: string = readFileSync(resolve(import.meta.dirname, '../../../docs/recipes.md'), 'utf8');
const FAST = ['--read-rate', 'unlimited'];
const WRITING = ['--rate', 'unlimited', '--daily-quota', 'unlimited', '--read-lag', '0', '--yes'];

/** The commands below a heading, in their order. */
export function commandsBelow(heading: string): readonly string[] {
  const below = RECIPES.slice(RECIPES.indexOf(`\n## ${heading}\n`));
  const [, block = ''] = /^```sh\n(.*?)^```$/ms.exec(below) ?? [];
  return block.trimEnd().split('\n');
}

/** The workbook of a merge: whose replaces whose. */
export function pairsWorkbook(theirs: string, ours: string): Uint8Array {
  return workbookOf({
    Pairs: [
      ['old', 'new'],
      [theirs, ours],
    ],
  });
}

/** A folder and an emulator in which recipes are cooked as they are written. */
export interface Kitchen {
  readonly folder: WorkFolder;
  readonly emulator: StageEmulator;
  readonly run: (command: string) => Promise<number>;
  /** Runs a recipe; the exit codes of its commands. */
  readonly cook: (heading: string) => Promise<readonly (readonly [string, number])[]>;
}

/** `program` runs each command: here, or built. */
export async function setKitchen(
  task: Test,
  seed: string,
  program: typeof runHere = runHere,
): Promise<Kitchen> {
  const folder = makeWorkFolder(task);
  folder.write('seed.csv', seed);
  const emulator = await startStageEmulator(task, folder.at('seed.csv'), []);
  const surroundings = { path: folder.path, env: { ...folder.env, ...emulator.env } };
  const run = async (command: string): Promise<number> => {
    const [, ...words] = [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word]) => word.replaceAll('"', ''));
    const writes = /^(disassociate|associate|undo|plan)$/.test(words[0] ?? '');
    const more = [...(writes ? WRITING : []), ...(writes || words[0] === 'export' ? FAST : [])];
    const { code, stderr } = await program([...words, ...more], surroundings);
    expect([command, stderr]).toEqual([command, expect.not.stringMatching(/an error of its own|undefined/)]);
    return code ?? -1;
  };
  return {
    folder,
    emulator,
    run,
    cook: async (heading) => {
      const codes: (readonly [string, number])[] = [];
      for (const command of commandsBelow(heading)) codes.push([command, await run(command)]);
      return codes;
    },
  };
}

export const codesOf = (cooked: readonly (readonly [string, number])[]): readonly number[] =>
  cooked.map(([, code]) => code);
