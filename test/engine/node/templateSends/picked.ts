import type { ResourceMapperField } from 'n8n-workflow';
import type { RunNodeRequest } from '../../../../scripts/engine/request';
import {
	loadTemplates,
	templateFixture,
	type TemplateFixture,
} from '../../../fixtures/templateFixtures';
import { useEngine, useSimulator, type Engine, type Simulator } from '../../harness';
import { credentials, detailed, withoutStatuses } from '../account';

/** A template with a picture, two variables and a link. */
export const receipt = templateFixture('receipt_with_picture');

/** Of its picture. */
export const link = 'https://luckyshrub.example/receipts/77.jpg';

/** What its fields hold. */
export const receiptValues = {
	'header.image': link,
	'body.1': 'Ada',
	'body.2': '$ 3',
	'button.0.url': 'R-1',
};

/** The parameters of a send of a template that was picked from the list. */
export const picked = (
	{ name, language }: Pick<TemplateFixture, 'name' | 'language'>,
	templateValues: Record<string, unknown>,
	more: Record<string, unknown> = {},
): Record<string, unknown> => ({
	resource: 'message',
	operation: 'sendTemplate',
	recipient: '+15550100002',
	template: { __rl: true, mode: 'list', value: `${name}:${language}` },
	templateValues: { mappingMode: 'defineBelow', ...templateValues },
	...more,
});

/**
 * What the editor and the node do with templates, for a file's tests; call it at the top. The simulator
 * has all templates, and what an earlier file has looked up is forgotten.
 */
export function useTemplateNode() {
	const simulator = useSimulator(withoutStatuses);
	const engine = useEngine();
	beforeAll(async () => await engine.reload({}));
	beforeEach(async () => await loadTemplates(simulator.url));
	return { simulator, ...templateNode(engine, simulator) };
}

/** What the editor and the node do with templates, against one simulator. */
export function templateNode(engine: Engine, simulator: Simulator) {
	const node = 'whatsAppCloud';

	/** The fields that the mapper shows, or what it says instead. */
	const mapper = async (
		template: Pick<TemplateFixture, 'name' | 'language'>,
		more: Record<string, unknown> = {},
		changes: Record<string, unknown> = {},
	) =>
		await engine.mapFields({
			node,
			method: 'getTemplateFields',
			parameters: picked(template, { value: null }, more),
			credentials: credentials(simulator.url, changes),
		});

	/** The fields alone, as the editor stores them. */
	const fields = async (
		template: Pick<TemplateFixture, 'name' | 'language'>,
		more: Record<string, unknown> = {},
	): Promise<ResourceMapperField[]> => (await mapper(template, more)).fields ?? [];

	/** Runs the node. */
	const send = async (
		parameters: Record<string, unknown>,
		items: RunNodeRequest['items'] = [{ json: {} }],
	) =>
		await engine.runNode({
			node,
			parameters: detailed(parameters),
			items,
			credentials: credentials(simulator.url),
		});

	return { mapper, fields, send };
}
