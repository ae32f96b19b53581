import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    setupFiles: ['tests/setup.ts'],
    // Vitest leaves one core to others, which makes one worker of two; many tests wait for programs and pages.
    maxWorkers: Math.max(2, availableParallelism()),
    // Some start the program a dozen times: seconds alone, a minute on a machine that does much else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
