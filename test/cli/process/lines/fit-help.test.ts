import { describe, expect, it } from 'vitest';
import { fitHelp } from '../../../../src/cli/process/lines/fit-help.ts';
import { runProgram } from '../../../../src/cli/program.ts';
import { makeContext } from '../../fake-context.ts';

const ITEM = '  --limit <n>                     the first n rows not yet done, then stop';

/** The help of a command on a terminal of so many columns. */
async function help(command: string, columns: number): Promise<readonly string[]> {
  const { context, said } = makeContext();
  const terminal = { ...context.terminal, outColumns: () => columns };
  await runProgram({ ...context, terminal, args: [command, '--help'] });
  return said().out.split('\n');
}

describe('fitHelp', () => {
  it('leaves what fits as it stands', () => {
    expect(fitHelp(`${ITEM}\n\nOne.\nTwo.\n`, 80)).toBe(`${ITEM}\n\nOne.\nTwo.\n`);
  });

  it('wraps a description beside what it describes, or below where there is no room', () => {
    expect(fitHelp(ITEM, 66)).toBe(
      `  --limit <n>                     the first n rows not yet done,\n${' '.repeat(34)}then stop`,
    );
    expect(fitHelp(ITEM, 40)).toBe('  --limit <n>\n      the first n rows not yet done,\n      then stop');
  });

  it('fills a paragraph anew, and breaks no command', () => {
    expect(fitHelp('Exit code 1: some rows\ncan’t be sent.', 20)).toBe(
      'Exit code 1: some\nrows can’t be sent.',
    );
    const command = '  oppsweep check people.csv --entity-type Solutions';
    expect(fitHelp(command, 20)).toBe(command);
    expect(fitHelp(`${command}    as a type`, 40)).toBe(`${command}\n      as a type`);
  });

  it.each([40, 60, 80])('keeps every help within %i columns but for commands and code', async (columns) => {
    for (const command of ['disassociate', 'plan', 'undo', 'export', 'emulator', 'status']) {
      const wide = (await help(command, columns)).filter((line) => line.length > columns);
      expect(wide.filter((line) => !/^ *(oppsweep |\[?\{)/.test(line))).toEqual([]);
    }
  });
});
