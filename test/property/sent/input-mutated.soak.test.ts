import { describe, expect, it } from 'vitest';
import { RunError } from '../../../src/model/run-error.ts';
import { readAll, rowLine } from '../../input/read-all.ts';
import { cases } from '../../soak.ts';
import { MUTATION_KINDS, mutatedFile, type MutatedFile } from './mutated-files.ts';

/** Of each kind: some 400 files in all, and twenty times as many in a soak. */
const FILES = cases(900);

/** What is wrong with how a mutated file was read. */
async function faultsOf(file: MutatedFile): Promise<{ readonly faults: string[]; readonly sent: number }> {
  const read = await readAll(file.text, file.options).catch((error: unknown) => {
    if (error instanceof RunError) return undefined;
    throw error;
  });
  const faults: string[] = [];
  const untouched = new Set(file.untouched.map((cells) => cells.join('\t')));
  let sent = 0;
  for (const row of read?.rows ?? []) {
    if (row.kind === 'valid') {
      sent += 1;
      const { opportunityId, entity, replacement } = row.target;
      const target = [entity.type, entity.id, ...(replacement === undefined ? [] : ['->', replacement.id])];
      const allowed = file.allowed(opportunityId);
      if (!allowed.includes(target.join(' ')))
        faults.push(`${rowLine(row)} where its cells say ${allowed.join(' or ')}`);
    } else if (untouched.has(row.cells.join('\t'))) {
      faults.push(`${rowLine(row)}, which was not touched`);
    }
  }
  return { faults, sent };
}

describe('a file in which one thing went wrong', () => {
  it.each(MUTATION_KINDS)(
    'such as %s sends of each row what its own cells say, or nothing, and all that is sound',
    async (kind) => {
      let sent = 0;
      for (let seed = 1; seed <= FILES; seed += 1) {
        const read = await faultsOf(mutatedFile(kind, seed));
        expect(read.faults, `file ${seed}`).toEqual([]);
        sent += read.sent;
      }
      // Were all files refused, no row would have been looked at.
      expect(sent).toBeGreaterThan(FILES / 2);
    },
  );
});
