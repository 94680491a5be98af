import { octoberRows } from '../../fixtures/pricing/rateCards';
import { binaryFile } from './files';
import { useEngine, useSimulator } from '../harness';
import { credentials, withoutStatuses } from './account';

/** A rate card. */
const csv = octoberRows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n');
export const asFile = (content: string | Buffer, fileName: string) =>
	binaryFile(Buffer.from(content), 'application/octet-stream', fileName);

export const india = '+919876543210';
export const germany = '+4915550200003';

/** An item of the form that `estimate` reads. */
export const to = (address: string, category = 'marketing'): Item => ({
	json: { to: address, category },
});

interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, ReturnType<typeof asFile>>;
}

/** Cost Estimate in n8n's engine; what an earlier test has looked up, or kept in the state, is forgotten. */
export function estimateSetup() {
	const simulator = useSimulator(withoutStatuses);
	const engine = useEngine();

	beforeEach(async () => {
		await engine.reload({});
	});

	/** Estimates for items of the form `{to, category}`. */
	const estimate = async (
		items: Item[],
		parameters: Record<string, unknown> = {},
		changes: Record<string, unknown> = {},
	) =>
		await engine.runNode({
			node: 'whatsAppCloud',
			parameters: {
				resource: 'report',
				operation: 'estimate',
				recipient: '={{ $json.to }}',
				category: '={{ $json.category }}',
				rateCardSource: 'json',
				rateCardItems: csv,
				...parameters,
			},
			credentials: credentials(simulator.url, changes),
			items,
		});

	return { simulator, engine, estimate };
}
