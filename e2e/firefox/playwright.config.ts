import { defineConfig } from '@playwright/test';
import chromium from '../playwright.config';

/** The same runner; the browser is driven by `browser.ts`, because Playwright loads no add-on in Firefox. */
export default defineConfig({
  ...chromium,
  // One stack and one build for all of it.
  workers: 1,
  outputDir: '../../test-results/firefox',
  testIgnore: process.env.HALFKEY_LONG ? [] : ['**/*.long.spec.ts'],
});
