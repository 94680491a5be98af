import { rm } from 'node:fs/promises';
import type { ChildProcess } from '../../scripts/host/child-process.ts';

interface Kept {
	folder: string;
	running: ChildProcess[];
}

/** Jest calls setup and teardown in one process, but loads each module anew. */
const store = globalThis as typeof globalThis & { whatsAppCloudE2e?: Kept };

/** Registers the folder to remove; processes to stop are added to the answer. */
export function keepForTeardown(folder: string): Kept {
	store.whatsAppCloudE2e = { folder, running: [] };
	return store.whatsAppCloudE2e;
}

export default async function globalTeardown(): Promise<void> {
	const kept = store.whatsAppCloudE2e;
	if (kept === undefined) return;
	await Promise.all(kept.running.map(async (child) => await child.stop()));
	await rm(kept.folder, { recursive: true, force: true });
}
