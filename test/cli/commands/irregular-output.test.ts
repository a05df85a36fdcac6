import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeContext, type FakeContext } from '../fake-context.ts';

const ROWS = 'Opportunity ID,Entity Type,Entity ID\nO1,Solutions,S-0000001\n';

/** Beside an input, its finished run, and a pipe: like a device, it is no file whose place may be taken. */
async function contextWithPipe(): Promise<FakeContext> {
  const context = makeContext();
  context.write('people.csv', ROWS);
  await context.run('disassociate', context.at('people.csv'), '--emulator', '--rate', 'unlimited');
  execFileSync('mkfifo', [context.at('pipe')]);
  return context;
}

describe.skipIf(process.platform === 'win32')('a name that is no file', () => {
  it.each([
    ['disassociate people.csv --emulator -o pipe'],
    ['disassociate people.csv --emulator -o pipe --restart'],
    ['plan people.csv --emulator -o pipe --restart'],
    ['undo people.results.csv --emulator -o pipe --restart'],
    ['export people.csv --catalog Sandbox --endpoint-url http://127.0.0.1:9 -o pipe'],
    ['compare people.csv people.csv -o pipe'],
    ['check people.csv --fixed pipe'],
    ['check people.csv --problems pipe'],
    ['report people.results.csv -o pipe'],
  ])('is refused as that, and stays: %s', async (line) => {
    const context = await contextWithPipe();
    const isFile = (word: string): boolean => /^(people|pipe)/.test(word);
    const words = line.split(' ').map((word) => (isFile(word) ? context.at(word) : word));
    const folder = dirname(context.at('pipe'));
    const before = readdirSync(folder);
    const { code, err } = await context.end(...words);
    expect(err).toContain(`${context.at('pipe')} is a pipe, not a file.`);
    expect(err).not.toContain('--restart');
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual(before);
    expect(statSync(context.at('pipe')).isFIFO()).toBe(true);
  });

  it('is not renamed where a restart finds it as the summary', async () => {
    const context = await contextWithPipe();
    execFileSync('mkfifo', [context.at('done.summary.json')]);
    const { code, err } = await context.end(
      'disassociate',
      context.at('people.csv'),
      '--emulator',
      '-o',
      context.at('done.csv'),
      '--restart',
    );
    expect(err).toContain('done.summary.json is a pipe, and is left where it is');
    expect(code).not.toBe(0);
    expect(statSync(context.at('done.summary.json')).isFIFO()).toBe(true);
  });
});

/** Beside an input and its finished run, a link to nothing. */
async function contextWithLink(): Promise<FakeContext> {
  const context = makeContext();
  context.write('people.csv', ROWS);
  await context.run('disassociate', context.at('people.csv'), '--emulator', '--rate', 'unlimited');
  context.said();
  symlinkSync(context.at('nowhere.csv'), context.at('link'));
  return context;
}

describe.skipIf(process.platform === 'win32')('a link that leads nowhere', () => {
  it.each([
    ['disassociate people.csv --emulator -o link'],
    ['plan people.csv --emulator -o link'],
    ['undo people.results.csv --emulator -o link'],
    ['export people.csv --catalog Sandbox --endpoint-url http://127.0.0.1:9 -o link'],
    ['compare people.csv people.csv -o link'],
    ['check people.csv --fixed link'],
    ['report people.results.csv -o link'],
  ])('is refused like any file before anything is done: %s', async (line) => {
    const context = await contextWithLink();
    const isFile = (word: string): boolean => /^(people|link)/.test(word);
    const words = line.split(' ').map((word) => (isFile(word) ? context.at(word) : word));
    const { code, err } = await context.end(...words);
    expect(err).toMatch(/link (exists|is there) already/);
    expect(err).not.toContain('Finished');
    expect(code).toBe(2);
    expect(lstatSync(context.at('link')).isSymbolicLink()).toBe(true);
  });

  it('is set aside by a restart', async () => {
    const context = await contextWithLink();
    const words = ['disassociate', context.at('people.csv'), '--emulator', '--rate', 'unlimited'];
    const { code, err } = await context.end(...words, '-o', context.at('link'), '--restart');
    expect(err).toContain('Set aside as ');
    expect(code).toBe(0);
    expect(lstatSync(context.at('link')).isFile()).toBe(true);
  });
});
