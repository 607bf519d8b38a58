/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
} satisfies Config;

/** Suites that need PostgreSQL share one server per run; each file gets a database of its own from a template. */
const withDatabase = {
  globalSetup: '<rootDir>/test/harness/global-setup.ts',
  globalTeardown: '<rootDir>/test/harness/global-teardown.ts',
} satisfies Config;

export default {
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
  reporters: process.env.CI ? ['default', '<rootDir>/scripts/progress-reporter.mjs'] : ['default'],
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{src,client,web/src,bench,test/arch}/**/*.test.{ts,tsx}'],
      testPathIgnorePatterns: ['\\.contract\\.test\\.ts$'],
    },
    { ...shared, ...withDatabase, displayName: 'contract', testMatch: ['<rootDir>/{src,client,test}/**/*.contract.test.ts'] },
    {
      ...shared,
      ...withDatabase,
      displayName: 'scenario',
      testMatch: ['<rootDir>/test/{scenarios,topology}/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.contract\\.test\\.ts$'],
    },
    { ...shared, ...withDatabase, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
  ],
} satisfies Config;
