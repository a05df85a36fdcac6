import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEventHook, type EventHook } from '../../../src/cli/process/event-hook.ts';

interface Stage {
  readonly hook: EventHook;
  readonly failures: readonly string[];
  readonly read: () => string;
}

/** `$OUT` is a file of the test's own. */
function hookOf(command: string, env: Readonly<Record<string, string>> = {}, timeoutMs = 30_000): Stage {
  const path = mkdtempSync(join(tmpdir(), 'oppsweep-hook-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const failures: string[] = [];
  const out = join(path, 'out');
  const hook = createEventHook({
    command,
    env: { PATH: process.env['PATH'], OUT: out, ...env },
    timeoutMs,
    onFailure: (event, why) => failures.push(`${event}: ${why}`),
  });
  return { hook, failures, read: () => readFileSync(out, 'utf8') };
}

describe('the shell line of events', () => {
  it('is run once an event, one after the other, with what it is given on its standard input', async () => {
    // The first would be the last, ran they side by side.
    const { hook, failures, read } = hookOf(
      'read line; if [ "$line" = one ]; then sleep 0.3; fi; echo "begin $line" >>"$OUT"; echo "end $line" >>"$OUT"',
    );
    for (const word of ['one', 'two', 'three']) hook.run('started', `${word}\n`);
    await hook.drained();
    expect(read().trim().split('\n')).toEqual(
      ['one', 'two', 'three'].flatMap((word) => [`begin ${word}`, `end ${word}`]),
    );
    expect(failures).toEqual([]);
  });

  it('sees no variable of AWS', async () => {
    const { hook, read } = hookOf('env >"$OUT"', {
      AWS_SECRET_ACCESS_KEY: 'hunter2',
      AWS_PROFILE: 'cleanup',
      aws_session_token: 'hunter3',
      MAIL_TO: 'ops@example.com',
    });
    hook.run('started', '');
    await hook.drained();
    expect(read()).toContain('MAIL_TO=ops@example.com');
    expect(read()).not.toMatch(/AWS_|hunter/i);
  });

  it('tells that it can’t be begun', async () => {
    // The kernel refuses so long an argument.
    const { hook, failures } = hookOf(`: ${'x'.repeat(4_000_000)}`);
    hook.run('started', '');
    hook.runNow('');
    await hook.drained();
    expect(failures).toEqual([expect.stringMatching(/^started: .*E2BIG/)]);
  });

  it('tells its failure once, with what it said', async () => {
    const { hook, failures } = hookOf('echo "no such mailbox" >&2; exit 7');
    for (const event of ['started', 'stopped']) hook.run(event, '');
    await hook.drained();
    expect(failures).toEqual(['started: exit code 7: no such mailbox']);
  });

  it('is ended with all that it began where it takes too long, and the next one is run', async () => {
    const { hook, failures, read } = hookOf(
      'read line; echo "$line" >>"$OUT"; if [ "$line" = long ]; then sleep 600; fi',
      {},
      // Long enough for a shell to start on a busy machine.
      5_000,
    );
    hook.run('started', 'long\n');
    hook.run('finished', 'short\n');
    await hook.drained();
    expect(failures).toEqual(['started: it took longer than 5 s and was ended']);
    expect(read()).toBe('long\nshort\n');
  });

  it('is ended once it is given up, and what has not begun is left out: these are named', async () => {
    const { hook, failures, read } = hookOf('read line; echo "$line" >>"$OUT"; kill -STOP $$');
    const giveUp = new AbortController();
    hook.run('outage', 'one\n');
    hook.run('stopped', 'two\n');
    const drained = hook.drained(giveUp.signal);
    await expect.poll(read).toBe('one\n');
    giveUp.abort();
    expect(await drained).toEqual(['outage', 'stopped']);
    expect([read(), failures]).toEqual(['one\n', []]);
  });

  it('may read nothing, and may leave something running behind it', async () => {
    const { hook, failures } = hookOf('sleep 1 & exit 0');
    hook.run('started', 'x'.repeat(1_000_000));
    await hook.drained();
    expect(failures).toEqual([]);
  });
});
