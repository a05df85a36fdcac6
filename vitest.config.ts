import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';
import { reporters } from './test/reporters.ts';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    setupFiles: ['test/isolate.ts'],
    sequence: { sequencer: LongestFirst },
    // Files share a process, and its modules: to load them for each anew took as long as the tests.
    isolate: false,
    reporters: reporters('unit'),
    // Of two cores, vitest would leave one idle.
    maxWorkers: '100%',
    // Some wait for the disk dozens of times.
    testTimeout: 300_000,
    hookTimeout: 60_000,
    // A second, which it would be otherwise, is how long a busy machine may take to start a process.
    expect: { poll: { timeout: 60_000 } },
  },
});

export default config;
