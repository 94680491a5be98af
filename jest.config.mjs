import { availableParallelism } from 'node:os';

/** One project per kind of test; see docs/architecture.md. */
const project = (displayName, testTimeoutMs) => ({
	displayName,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	transform: {
		'\\.[jt]s$': [
			'ts-jest',
			{
				// Types are checked once, by `npm run typecheck`; a test run only strips them.
				diagnostics: false,
				tsconfig: {
					target: 'ES2023',
					module: 'CommonJS',
					moduleResolution: 'Node10',
					isolatedModules: true,
					allowJs: true,
					esModuleInterop: true,
					allowImportingTsExtensions: true,
					noEmit: false,
					sourceMap: true,
				},
			},
		],
	},
	// Jest loads CommonJS; these packages ship ES modules alone.
	transformIgnorePatterns: [
		'/node_modules/(?!(file-type|marked|strtok3|token-types|uint8array-extras|@tokenizer|@borewit)/)',
	],
	moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
	// Jest reads a time limit of one project only from its code.
	globals: { testTimeoutMs },
	setupFilesAfterEnv: ['<rootDir>/test/time-limit.ts'],
});

export default {
	// A test mostly waits for the processes that it has started; Jest's own choice leaves one core idle.
	maxWorkers: availableParallelism(),
	projects: [
		project('unit', 20_000),
		{ ...project('engine', 60_000), globalSetup: '<rootDir>/test/engine/global-setup.mjs' },
		project('simulator', 60_000),
		{ ...project('faults', 900_000), globalSetup: '<rootDir>/test/engine/global-setup.mjs' },
		{
			...project('e2e', 300_000),
			globalSetup: '<rootDir>/test/e2e/global-setup.ts',
			globalTeardown: '<rootDir>/test/e2e/global-teardown.ts',
		},
	],
};
