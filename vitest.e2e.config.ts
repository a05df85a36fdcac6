import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    setupFiles: ['test/isolate.ts'],
    testTimeout: 300_000,
    maxWorkers: 2,
  },
});

export default config;
