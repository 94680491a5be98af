import { GraphError } from '../graph/errors.ts';
import { asObject, asText } from '../json.ts';
import { findTemplate } from '../state/account.ts';
import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const template: MessageType = {
	type: 'template',
	check({ simulator, number, body }) {
		const content = asObject(requirePart(body, 'template')) ?? {};
		const name = asText(content['name']) ?? '';
		const language = asText(asObject(content['language'])?.['code']) ?? '';
		const stored = findTemplate(simulator.account, number.businessAccountId, name, language);
		if (!stored && simulator.settings.strictReferences) {
			throw new GraphError(132001, {
				details: `template name (${name}) does not exist in ${language}`,
			});
		}
		return stored ? { template: stored } : undefined;
	},
};
