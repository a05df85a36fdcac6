import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { reporters } from './test/reporters.ts';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    setupFiles: ['test/isolate.ts'],
    reporters: reporters('e2e'),
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});

export default config;
