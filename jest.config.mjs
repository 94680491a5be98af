import { availableParallelism } from 'node:os';

const esbuildOptions = {
	format: 'cjs',
	target: 'node24',
	// Jest's sandbox cannot import at run time: this makes `require` of it.
	supported: { 'dynamic-import': false },
};

/**
 * One project per kind of test; see docs/architecture.md. Its files use one database server and, where
 * they need them, one engine and one simulator per Jest worker, one file after the other.
 */
const project = (displayName, testTimeoutMs) => ({
	displayName,
	testEnvironment: '<rootDir>/test/sharedProcesses.ts',
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	transform: { '\\.[jt]s$': ['<rootDir>/test/transform.mjs', esbuildOptions] },
	// Jest loads CommonJS; these packages ship ES modules alone.
	transformIgnorePatterns: [
		'/node_modules/(?!(file-type|marked|strtok3|token-types|uint8array-extras|@tokenizer|@borewit)/)',
	],
	moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
	// Jest reads a time limit of one project only from its code.
	globals: { testTimeoutMs },
	setupFilesAfterEnv: ['<rootDir>/test/time-limit.ts'],
});

/** Their files use n8n's engine. */
const withEngine = (displayName, testTimeoutMs) => ({
	...project(displayName, testTimeoutMs),
	globalSetup: '<rootDir>/test/engine/global-setup.mjs',
});

export default {
	// A test and the processes that it has started take turns, and wait for the disk: a worker alone uses
	// about 60 % of a core.
	maxWorkers: Math.ceil(1.5 * availableParallelism()),
	projects: [
		project('unit', 20_000),
		withEngine('engine', 60_000),
		project('simulator', 60_000),
		withEngine('faults', 900_000),
		{
			...project('e2e', 300_000),
			globalSetup: '<rootDir>/test/e2e/global-setup.ts',
			globalTeardown: '<rootDir>/test/e2e/global-teardown.ts',
		},
	],
};
