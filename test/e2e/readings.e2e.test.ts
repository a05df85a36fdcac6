import { expect, test } from 'vitest';
import { setFileStage, type FileStage, type FileStageFiles } from './file-stage.ts';
import type { ResultLine } from './results-file.ts';

/** A row of every fate. */
const FILES = {
  job: [
    ['Opportunity ID', 'Entity Type', 'Entity ID', 'Replacement'],
    ['O1', 'Solutions', 'S-0000001', ''],
    // Its opportunity's last solution.
    ['O2', 'Solutions', 'S-0000002', ''],
    // Gone already.
    ['O3', 'Solutions', 'S-0000003', ''],
    // An opportunity that is not there.
    ['O404', 'Solutions', 'S-0000004', ''],
    ['O5', 'Solutions', 'S-0000005', 'S-0000015'],
    ['O6', 'AwsProducts', 'AmazonEC2', ''],
    // The old one is gone already.
    ['O7', 'Solutions', 'S-0000007', 'S-0000017'],
  ],
  held: [
    ['O1', 'Solutions', 'S-0000001'],
    ['O1', 'Solutions', 'S-0000011'],
    ['O2', 'Solutions', 'S-0000002'],
    ['O3', 'Solutions', 'S-0000013'],
    ['O5', 'Solutions', 'S-0000005'],
    ['O6', 'AwsProducts', 'AmazonEC2'],
    ['O7', 'Solutions', 'S-0000027'],
  ],
} as const satisfies FileStageFiles;

const READINGS = ['not-found', 'ok', 'validation'].flatMap((absent) =>
  ['400', 'traits'].flatMap((codes) =>
    [[], ['--keep-last-solution']].map((keep) => ['--absent', absent, '--status-codes', codes, ...keep]),
  ),
);

for (const readings of READINGS) {
  for (const preflight of [[], ['--no-preflight']]) {
    test.concurrent(`true statuses: emulator ${readings.join(' ')}, ${preflight[0] ?? 'preflight'}`, async (task) => {
      const stage = await setFileStage(task, FILES, readings);
      const before = await stage.emulator.held();

      const ended = await stage.run('disassociate', 'job.csv', ...preflight);

      expect(ended.code).toBe(1);
      const [first, last, gone, unknown, replaced, product, half] = stage.results().map((line) => line['status']);
      expect([first, replaced, product]).toEqual(['disassociated', 'replaced', 'disassociated']);
      expect(last).toBe(readings.includes('--keep-last-solution') ? 'failed' : 'disassociated');
      expect(unknown).toBe('failed');
      expect(half).toBe('replaced');
      // Without a look beforehand, a silent success can't be told from a removal.
      const silent = readings.includes('ok') && preflight.length > 0;
      expect(gone).toBe(silent ? 'disassociated' : 'already_absent');
      await expectTruth(stage, before, silent);
    });
  }
}

/** What the results say against what the emulator held before and holds now. */
async function expectTruth(stage: FileStage, before: readonly string[], silent: boolean): Promise<void> {
  const now = new Set(await stage.emulator.held());
  for (const line of stage.results()) {
    const entity = `${line['opportunity_id']} ${line['entity_type']} ${line['entity_id']}`;
    const replacement = `${line['opportunity_id']} Solutions ${line['replacement_id']}`;
    const truth = {
      heldBefore: before.includes(entity),
      heldNow: now.has(entity),
      replacementNow: now.has(replacement),
    };
    if (silent && line['entity_id'] === 'S-0000003') continue;
    expect([line['row'], truth]).toEqual([line['row'], claimOf(line, truth.heldBefore)]);
  }
}

function claimOf(line: ResultLine, heldBefore: boolean): object {
  switch (line['status']) {
    case 'disassociated':
      return { heldBefore: true, heldNow: false, replacementNow: false };
    case 'replaced':
      return { heldBefore, heldNow: false, replacementNow: true };
    case 'already_absent':
      return { heldBefore: false, heldNow: false, replacementNow: false };
    default:
      // Refused: as it was.
      return { heldBefore, heldNow: heldBefore, replacementNow: false };
  }
}
