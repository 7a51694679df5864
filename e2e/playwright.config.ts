import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  testMatch: '**/*.spec.ts',
  testIgnore: ['firefox/**', ...(process.env.HALFKEY_LONG ? [] : ['**/*.long.spec.ts'])],
  // Each has a browser and nine servers of its own, and waits for one of them half of the time: three keep two
  // processor cores busy.
  workers: 3,
  // They end early when all goes well: two cores that also run servers and hashing are given time to be slow.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // One more try where nobody watches; who needed it is named at the end.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
});
