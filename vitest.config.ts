import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Some start the program a dozen times: seconds alone, a minute on a machine that does much else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
