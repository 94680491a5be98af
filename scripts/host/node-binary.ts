import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * The Node.js that n8n runs on: the one in the development dependencies, since n8n 2 needs version
 * 24 and the machine may have another.
 */
export function nodeBinary(projectFolder: string): string {
	const locked = join(projectFolder, 'node_modules', 'node', 'bin', 'node');
	return existsSync(locked) ? locked : process.execPath;
}

/** The environment with that Node.js first on the path, for programs that call `node`. */
export function withNodeFirst(environment: NodeJS.ProcessEnv, node: string): NodeJS.ProcessEnv {
	return { ...environment, PATH: `${dirname(node)}${delimiter}${environment['PATH'] ?? ''}` };
}
