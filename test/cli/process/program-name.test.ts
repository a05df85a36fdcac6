import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programName } from '../../../src/cli/process/program-name.ts';

describe('programName', () => {
  it('is the program’s own', () => {
    expect(programName('/usr/local/bin/oppsweep', {})).toBe('oppsweep');
    expect(programName(undefined, { OPPSWEEP_CALLED_AS: '' })).toBe('oppsweep');
  });

  it('goes through npx where npx has run it, since nothing is on the path', () => {
    const cached = join('/home/ann/.npm', '_npx', '1a2b', 'node_modules', '.bin', 'oppsweep');
    expect(programName(cached, {})).toBe('npx oppsweep');
  });

  it('is what a wrapper says', () => {
    expect(programName('dist/main.cjs', { OPPSWEEP_CALLED_AS: 'node dist/main.cjs' })).toBe(
      'node dist/main.cjs',
    );
  });
});
