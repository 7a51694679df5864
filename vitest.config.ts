import { fileURLToPath } from 'node:url';
import { defaultExclude, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const exclude = process.env.HALFKEY_LONG ? defaultExclude : [...defaultExclude, '**/*.long.test.{ts,tsx}'];
const project = (name: string, folders: string, isolate: boolean) => ({
  extends: true as const,
  test: { name, include: [`${folders}/**/*.test.{ts,tsx}`], exclude, isolate },
});

/** What takes longest, most of it waiting. Begun last, one of them would run on alone. */
const LONGEST = [
  'protocol/crowd',
  'story/killed-servers',
  'protocol/matrix',
  'protocol/drill',
  'story/headless',
  'protocol/crash',
  'protocol/sign-out',
  'story/apple',
  'story/side-by-side',
  'story/stack',
  'protocol/devices',
  'realm/main',
  'vault/main',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((name) => moduleId.includes(`/${name}.`));
      return found === -1 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    sequence: { sequencer: LongestFirst },
    globalSetup: ['services/http/testing/global-setup.ts'],
    // They end early when all goes well: two cores that run databases and hashing beside are given time to be slow.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      project('unit', '{lib,components,config,entrypoints,cli,scripts,bench,e2e/simulators}', true),
      // What they load, the same in each file, takes longer than what they do. No file replaces a module for the others.
      project('services', 'services', false),
      project('protocol', 'e2e/{protocol,story}', false),
    ],
  },
});
