/** Sets the time limit that jest.config.mjs gives to this project, for tests and hooks. */
const { testTimeoutMs } = globalThis as typeof globalThis & { testTimeoutMs: number };

jest.setTimeout(testTimeoutMs);
