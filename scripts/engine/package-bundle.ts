import { build, stop } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICredentialType, INodeType, IVersionedNodeType } from 'n8n-workflow';
import { bundleOptions } from '../bundle-options.mjs';
import { cacheFolder, resolveUserPath, rootFolder } from './environment.ts';
import { RequestError } from './request-error.ts';

const STALE_BUNDLE_MS = 60 * 60 * 1000;

/** The classes of the package, by the names that n8n stores. */
export interface NodePackage {
	/** Name in package.json, the prefix of its node types. */
	name: string;
	nodes: Map<string, INodeType | IVersionedNodeType>;
	credentials: Map<string, ICredentialType>;
}

async function removeStaleBundles(): Promise<void> {
	for (const name of await readdir(cacheFolder)) {
		if (!name.startsWith('package-')) continue;
		const path = join(cacheFolder, name);
		const age = Date.now() - (await stat(path)).mtimeMs;
		if (age > STALE_BUNDLE_MS) await rm(path, { force: true });
	}
}

function describeBuildFailure(error: unknown): string {
	const errors: unknown = error instanceof Error && 'errors' in error ? error.errors : undefined;
	if (!Array.isArray(errors) || errors.length === 0) return String(error);
	const [first] = errors as {
		text: string;
		location: { file: string; line: number } | null;
	}[];
	if (first === undefined) return String(error);
	const place = first.location === null ? '' : ` (${first.location.file}:${first.location.line})`;
	return `${first.text}${place}`;
}

/**
 * Bundles the package from source, as the build does.
 *
 * `PACKAGE_ENTRY` replaces index.ts as the entry, for the tests of these scripts;
 * `PACKAGE_BUNDLE` names a finished bundle, for runs that start many engines.
 *
 * @returns path of a CommonJS file, named by its hash so that processes do not interfere
 * @throws RequestError if the source does not compile
 */
export async function bundlePackage(): Promise<string> {
	const { PACKAGE_ENTRY: entry, PACKAGE_BUNDLE: ready } = process.env;
	if (entry === undefined && ready !== undefined) return ready;
	let code: Uint8Array | undefined;
	try {
		const result = await build({
			...bundleOptions,
			...(entry === undefined ? {} : { entryPoints: [resolveUserPath(entry)] }),
			absWorkingDir: rootFolder,
			outfile: 'package.cjs',
			write: false,
			logLevel: 'silent',
		});
		code = result.outputFiles[0]?.contents;
	} catch (error) {
		throw new RequestError(`The package does not compile: ${describeBuildFailure(error)}`);
	} finally {
		await stop();
	}
	if (code === undefined) throw new RequestError('The package has no code.');
	const hash = createHash('sha256').update(code).digest('hex').slice(0, 16);
	const file = join(cacheFolder, `package-${hash}.cjs`);
	await mkdir(cacheFolder, { recursive: true });
	const draft = join(cacheFolder, `draft-${process.pid}.cjs`);
	await writeFile(draft, code);
	await rename(draft, file);
	// Others may clean up at the same time; a leftover is harmless.
	await removeStaleBundles().catch(() => undefined);
	return file;
}

function isNodeType(value: object): value is INodeType | IVersionedNodeType {
	return 'description' in value && typeof value.description === 'object';
}

function isCredentialType(value: object): value is ICredentialType {
	return 'properties' in value && 'name' in value && typeof value.name === 'string';
}

/**
 * Instantiates each class that the bundle exports, as n8n does when it starts. Loads the bundle anew
 * each time, without anything that an earlier one has kept in memory.
 */
export function loadPackage(bundle: string): NodePackage {
	const require = createRequire(import.meta.url);
	const { name } = require(join(rootFolder, 'package.json')) as { name: string };
	Reflect.deleteProperty(require.cache, bundle);
	const exported = require(bundle) as Record<string, unknown>;
	const nodes = new Map<string, INodeType | IVersionedNodeType>();
	const credentials = new Map<string, ICredentialType>();
	for (const value of Object.values(exported)) {
		if (typeof value !== 'function') continue;
		const instance = new (value as new () => object)();
		if (isNodeType(instance)) nodes.set(instance.description.name, instance);
		else if (isCredentialType(instance)) credentials.set(instance.name, instance);
	}
	return { name, nodes, credentials };
}
