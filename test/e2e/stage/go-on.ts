import { expect } from 'vitest';
import { startStageEmulator } from './stage-emulator.ts';
import { column } from './results-file.ts';
import type { Stage } from './stage.ts';
import type { Test } from './work-folder.ts';

/** What is left goes on with the same command, and ends well: every row once, and as the server has it. */
export async function expectToGoOn(stage: Stage, ...options: readonly string[]): Promise<void> {
  const again = await stage.disassociate(...options);
  expect(again.stderr).toContain('Finished');
  expect(again.code).toBe(0);
  const lines = stage.results();
  expect(column(lines, 'opportunity_id')).toEqual(stage.rows.map(({ opportunityId }) => opportunityId));
  expect(new Set(column(lines, 'status'))).toEqual(new Set(['disassociated']));
  expect(await stage.emulator.held()).toEqual([]);
}

/** The same emulator begun anew at the same address, with nothing wrong with it. */
export async function withSoundService(task: Test, stage: Stage): Promise<Stage> {
  await stage.emulator.stop();
  const sameAddress = ['--port', String(stage.emulator.port)];
  const emulator = await startStageEmulator(task, stage.folder.at('people.csv'), sameAddress);
  return { ...stage, emulator };
}
