import { describe, expect, it } from 'vitest';
import { watchRun } from '../../../src/cli/screen/watch-run.ts';
import type { RunStatus } from '../../../src/run/record/read-status.ts';
import { START_MS, createVirtualClock } from '../../pace/virtual-clock.ts';
import { contextThatHears } from '../fake-context.ts';

interface Watched {
  readonly out: string;
  readonly err: string;
  readonly looks: number;
  readonly tookMs: number;
  readonly state: RunStatus['state'];
}

/** Watches a run that shows these words at each look, and has stopped at the one after them. */
async function watched(words: readonly string[], canRedraw: boolean, json = false): Promise<Watched> {
  const clock = createVirtualClock();
  let [out, err, looks] = ['', '', 0];
  const { terminal } = contextThatHears({ out: (text) => (out += text), err: (text) => (err += text) });
  const lent = {
    clock,
    terminal: { ...terminal, canRedraw, draw: (text: string) => (err += `<clear>${text}`) },
  };
  const found = await clock.run(
    watchRun(
      {
        // Of a status only its state is looked at.
        read: async () => ({ state: looks++ < words.length ? 'running' : 'stopped' }) as RunStatus,
        whole: () => `${words[looks - 1] ?? ''}\nand more\n`,
        line: () => words[looks - 1] ?? '',
        json,
      },
      lent,
    ),
  );
  return { out, err, looks, tookMs: clock.trueMs(), state: found.state };
}

describe('watching a run', () => {
  it('writes a dated line at first and every ten minutes, and ends when no process works on it', async () => {
    const rows = Array.from({ length: 62 }, (_, look) => `${look} of 99`);
    const { out, err, looks, state } = await watched(rows, false);
    const at = (ms: number): string => `${new Date(START_MS + ms).toISOString().slice(0, 19)}Z`;
    expect(out).toBe(`${at(0)}  0 of 99\n${at(600_000)}  60 of 99\n`);
    expect(err).toBe('');
    expect(looks).toBe(63);
    expect(state).toBe('stopped');
  });

  it('redraws a terminal, and leaves it empty for how it ended', async () => {
    const { out, err, tookMs } = await watched(['1 of 9', '1 of 9'], true);
    expect(err).toBe('<clear>1 of 9\nand more\n<clear>1 of 9\nand more\n<clear>');
    expect(out).toBe('');
    expect(tookMs).toBe(4_000);
  });

  it('writes JSON alone, an object a line, on a terminal too', async () => {
    const { out, err } = await watched(['{"rows":1}', '{"rows":1}', '{"rows":2}'], true, true);
    expect(out).toBe('{"rows":1}\n{"rows":2}\n');
    expect(err).toBe('');
  });
});
