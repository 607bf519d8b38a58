import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/*.suite.ts', 'test/**'];

/** Time and chance come from `kernel/clock` and `kernel/ids`, so that a test can hold them still. */
const timeAndChance = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Ask the Clock of kernel/clock.' },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Ask the Clock of kernel/clock.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Ask kernel/ids.' },
  { selector: "MemberExpression[object.name='crypto'][property.name=/^(randomUUID|getRandomValues)$/]", message: 'Ask kernel/ids.' },
];

const chanceOfNode = ['crypto', 'node:crypto'].map((name) => ({
  name,
  importNames: ['default', 'randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'webcrypto', 'getRandomValues'],
  message: 'Ask kernel/ids.',
}));

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'Name what you export; only what a tool loads by itself has a default export.',
};

const environment = [
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Only src/host/config.ts reads the environment.' },
  { selector: "MemberExpression[object.name='process'][property.value='env']", message: 'Only src/host/config.ts reads the environment.' },
  {
    selector: "VariableDeclarator[init.name='process'] Property[key.name='env']",
    message: 'Only src/host/config.ts reads the environment.',
  },
  { selector: "ImportSpecifier[imported.name='env']", message: 'Only src/host/config.ts reads the environment.' },
];

const globalsOfNode = Object.fromEntries(
  [
    'process',
    'console',
    'URL',
    'fetch',
    'performance',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'AbortSignal',
    'Buffer',
  ].map((name) => [name, 'readonly']),
);

export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/dist/**', '**/generated/**', 'data/**', 'coverage/**', 'test/arch/planted/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'no-restricted-syntax': ['error', noDefaultExport, ...environment],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // `process.env['PATH']` and rows of the database are index signatures: the brackets say so.
      '@typescript-eslint/dot-notation': 'off',
      // Narrow structural types are often written as aliases beside unions; either reads well.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // `() => store.set(x)` reads well; to leave by `return end()` too.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // Ports are interfaces of closures, taken apart by name; nothing here depends on `this` of a plain object.
      '@typescript-eslint/unbound-method': 'off',
      // It also bars assertions that say what a receiver of `unknown` or `any` is given.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // TypeScript compares shapes; asking every assignment for its class or enum again takes a quarter of the time of a run.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-empty-function': ['error', { allow: ['private-constructors', 'arrowFunctions'] }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['src/modules/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-syntax': ['error', noDefaultExport, ...environment, ...timeAndChance],
      'no-restricted-imports': ['error', { paths: chanceOfNode }],
    },
  },
  { files: ['src/host/config.ts', 'test/**', 'bench/**', 'scripts/**'], rules: { 'no-restricted-syntax': ['error', noDefaultExport] } },
  { files: ['bench/**', 'scripts/**', 'src/host/cli.ts', 'src/host/cli/**'], rules: { 'no-console': 'off' } },
  // The rigs count in typed arrays and sorted samples whose bounds are theirs.
  { files: ['bench/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['client/examples/**'], rules: { 'no-restricted-syntax': ['error', noDefaultExport], 'no-console': 'off' } },
  {
    files: tests,
    rules: {
      // `describe` holds a whole file; its tests are what has to be short.
      'max-lines-per-function': 'off',
      'no-restricted-syntax': ['error', noDefaultExport],
      // Tests reach into answers they have just made; a wrong guess fails them.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `expect.any(String)` and caught errors are `any` by the types of jest.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
    },
  },
  {
    files: ['*.config.{ts,mjs}', 'web/*.config.ts', 'test/harness/global-*.ts', 'scripts/progress-reporter.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.{mjs,js}'],
    extends: [js.configs.recommended],
    languageOptions: { globals: globalsOfNode },
  },
);
