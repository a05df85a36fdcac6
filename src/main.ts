#!/usr/bin/env node
import { packageVersion } from './disk/package-version.ts';

const VERSION_WORDS: ReadonlySet<string | undefined> = new Set(['-v', '-V', '--version']);

const [word, ...others] = process.argv.slice(2);
// Scripts ask for it again and again: nothing else is loaded.
if (others.length === 0 && VERSION_WORDS.has(word)) process.stdout.write(`${packageVersion()}\n`);
else void import('./start.ts');
