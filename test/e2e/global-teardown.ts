import { rm } from 'node:fs/promises';
import type { ChildProcess } from '../../scripts/host/child-process.ts';

interface Kept {
	folder: string;
	running: ChildProcess[];
}

/** Jest runs setup and teardown in one process, but loads each module afresh. */
const store = globalThis as typeof globalThis & { whatsAppCloudE2e?: Kept };

/** Registers the folder to remove; add processes to stop to the result. */
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
