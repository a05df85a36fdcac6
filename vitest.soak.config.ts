import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { reporters } from './test/reporters.ts';

/** The tests that take their figures from `test/soak.ts`, with the large ones. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.soak.test.ts'],
    setupFiles: ['test/isolate.ts'],
    reporters: reporters('soak'),
    env: { OPPSWEEP_SOAK: '1' },
    testTimeout: 4 * 3_600_000,
    hookTimeout: 120_000,
    // A second, which it would be otherwise, is how long a busy machine may take to start a process.
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
  },
});

export default config;
