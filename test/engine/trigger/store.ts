import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';

/** A folder that stands in for n8n's: the test reads what the trigger keeps in it. */
export class UserFolder {
	readonly path = mkdtempSync(join(tmpdir(), 'whatsapp-cloud-trigger-'));
	private stores: Store[] = [];

	/** The trigger's state file. */
	get stateFile(): string {
		return join(this.path, '.n8n', 'whatsapp-cloud', 'state.sqlite');
	}

	async openStore(): Promise<Store> {
		const store = await openStore({ engine: 'sqlite', path: this.stateFile });
		this.stores.push(store);
		return store;
	}

	async remove(): Promise<void> {
		await Promise.all(this.stores.map((store) => store.close()));
		rmSync(this.path, { recursive: true, force: true });
	}
}
