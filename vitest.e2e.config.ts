import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';
import { reporters } from './test/reporters.ts';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    setupFiles: ['test/isolate.ts'],
    sequence: { sequencer: LongestFirst },
    // Files share a process, and its modules: to load them for each anew took as long as the tests.
    isolate: false,
    reporters: reporters('e2e'),
    testTimeout: 600_000,
    hookTimeout: 120_000,
    // A second, which it would be otherwise, is how long a busy machine may take to start a process.
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
  },
});

export default config;
