/**
 * A test's own n8n, in a process beside Jest, because Jest's loader cannot load everything that the
 * host's scripts use. `node own-n8n.ts FOLDER [PORT]` installs the package into the folder if it is
 * missing, starts n8n, writes one line of JSON and exits when its standard input ends.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installPackage, packPackage } from '../../scripts/host/community-package.ts';
import { ensureHost } from '../../scripts/host/install.ts';
import { startN8n } from '../../scripts/host/n8n-process.ts';
import { createProgress } from '../../scripts/host/progress.ts';

const [folder, port] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder of the n8n.');
const projectFolder = resolve(import.meta.dirname, '../..');

const packed = join(folder, 'package');
if (!existsSync(packed)) await installPackage(await packPackage(projectFolder, packed), folder);
const hostFolder = await ensureHost(projectFolder, createProgress(process.stderr));
const n8n = await startN8n({
	projectFolder,
	hostFolder,
	userFolder: folder,
	...(port === undefined ? {} : { preferredPort: Number(port) }),
});
console.log(JSON.stringify({ baseUrl: n8n.baseUrl, pid: n8n.pid }));

process.stdin.resume();
await once(process.stdin, 'end');
await n8n.stop();
process.exit();
