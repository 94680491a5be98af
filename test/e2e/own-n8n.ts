/**
 * A test's own n8n, or a part of one, in a process beside Jest, because Jest's loader cannot load
 * everything that the host's scripts use. `node own-n8n.ts OPTIONS`, with OwnN8nOptions as JSON,
 * installs the package into the folder if it is missing, starts n8n, writes one line of JSON and
 * exits when its standard input ends.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installPackage, packPackage } from '../../scripts/host/community-package.ts';
import { ensureHost } from '../../scripts/host/install.ts';
import { startN8n } from '../../scripts/host/n8n-process.ts';
import { createProgress } from '../../scripts/host/progress.ts';

export interface OwnN8nOptions {
	/** n8n keeps its data in its subfolder `.n8n`. */
	folder: string;
	/** Used if free. */
	preferredPort?: number;
	/** The part that queue mode starts, such as `worker`. */
	part?: string;
	/** More settings of n8n. */
	env?: Record<string, string>;
}

const { folder, preferredPort, part, env } = JSON.parse(process.argv[2] ?? '{}') as OwnN8nOptions;
const projectFolder = resolve(import.meta.dirname, '../..');

const packed = join(folder, 'package');
if (!existsSync(packed)) await installPackage(await packPackage(projectFolder, packed), folder);
const hostFolder = await ensureHost(projectFolder, createProgress(process.stderr));
const n8n = await startN8n({
	projectFolder,
	hostFolder,
	userFolder: folder,
	...(preferredPort === undefined ? {} : { preferredPort }),
	...(part === undefined ? {} : { command: [part], logFile: join(folder, `${part}.log`) }),
	...(env === undefined ? {} : { env }),
});
console.log(JSON.stringify({ baseUrl: n8n.baseUrl, pid: n8n.pid }));

process.stdin.resume();
await once(process.stdin, 'end');
await n8n.stop();
process.exit();
