import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const ROOTS = ['lib', 'components', 'entrypoints', 'services', 'config', 'cli', 'scripts', 'e2e', 'bench'];
const RULES = join(import.meta.dirname, '..', '.dependency-cruiser.cjs');

/** Longest allowed file, in lines, by the first pattern that matches. Tests are free. */
const LINES: readonly (readonly [RegExp, number])[] = [
  [/\.(test|spec|contract)\.tsx?$/, Number.POSITIVE_INFINITY],
  // Catalogues are lists of texts.
  [/^lib\/i18n\/(en|[a-zA-Z-]+\/main)\.ts$/, 500],
  [/^entrypoints\/background\/(compose|cells|snapshot|[a-z-]+-handlers)\.ts$/, 220],
  [/^entrypoints\/.*\.tsx?$/, 60],
  [/^(lib|components|services|config|cli|scripts)\/.*\.tsx?$/, 300],
];

export interface LayerReport {
  modules: number;
  dependencies: number;
  /** One line a violation: rule, importing file, imported file. */
  violations: { rule: string; from: string; to: string }[];
}

const NOTHING = (folder: string) => `no module found in ${folder}: the layer check would prove nothing`;

export const layerRules = (): IConfiguration => createRequire(import.meta.url)(RULES);

/**
 * Holds a tree against the table in `.dependency-cruiser.cjs`.
 * @param folder absolute path of a tree with a `tsconfig.json`; must be the working directory, where aliases are resolved
 * @throws Error when not one module was found: then nothing was checked
 */
async function checkLayers(folder: string): Promise<LayerReport> {
  const { forbidden = [], options } = layerRules();
  const roots = ROOTS.filter((root) => existsSync(join(folder, root)));
  if (roots.length === 0) throw new Error(NOTHING(folder));
  const tsConfig = join(folder, 'tsconfig.json');
  const { output } = await cruise(
    roots,
    { ...options, baseDir: folder, validate: true, ruleSet: { forbidden }, tsConfig: { fileName: tsConfig } },
    options?.enhancedResolveOptions ?? {},
    { tsConfig: extractTSConfig(tsConfig) },
  );
  const { summary, modules } = output as ICruiseResult;
  if (summary.totalCruised === 0) throw new Error(NOTHING(folder));
  return {
    modules: summary.totalCruised,
    dependencies: summary.totalDependenciesCruised ?? 0,
    violations: [
      ...summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
      ...modules.flatMap(({ source }) => tooLong(folder, source)),
    ],
  };
}

function tooLong(folder: string, source: string): { rule: string; from: string; to: string }[] {
  const limit = LINES.find(([pattern]) => pattern.test(source))?.[1];
  if (limit === undefined || limit === Number.POSITIVE_INFINITY) return [];
  const lines = readFileSync(join(folder, source), 'utf8').split('\n').length - 1;
  return lines > limit ? [{ rule: `at most ${limit} lines`, from: source, to: `${lines} lines` }] : [];
}

/** `check-layers [--json]` checks the tree that it is started in. */
if (process.argv[1] === import.meta.filename) {
  const report = await checkLayers(process.cwd());
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(report));
  } else {
    for (const { rule, from, to } of report.violations) console.error(`${rule}: ${from} -> ${to}`);
    console.log(`${report.modules} modules, ${report.dependencies} imports, ${report.violations.length} violations`);
  }
  process.exitCode = report.violations.length === 0 ? 0 : 1;
}
