import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const library = (name: string) => path.resolve(import.meta.dirname, 'src/library', `${name}.ts`);

export default defineConfig(({ mode }) => ({
  // As tsconfig.json and deno.json have it: the package's own name means its sources.
  resolve: {
    alias: [
      { find: /^synthetic-retail$/, replacement: library('index') },
      { find: /^synthetic-retail\/(\w+)$/, replacement: library('$1') },
    ],
  },
  test: {
    // `npm run test:long`: whole years, every speed, more steps.
    env: { SIM_TEST_LONG: mode === 'long' ? '1' : '' },
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    setupFiles: ['tests/setup.ts'],
    // Vitest leaves one core to others, which makes one worker of two; many tests wait for programs and pages.
    maxWorkers: Math.max(2, availableParallelism()),
    // Some start the program a dozen times: seconds alone, a minute on a machine that does much else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
}));
