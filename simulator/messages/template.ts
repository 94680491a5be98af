import { GraphError, invalidParameter } from '../errors/graph-error.ts';
import type { JsonObject } from '../json.ts';
import { asText } from '../json.ts';
import type { Template } from '../state/account.ts';
import { findTemplate, generatedSource } from '../state/account.ts';
import { isAbsent, objectAt, requireObject, requireText } from './rules.ts';
import { checkComponents } from './template/components.ts';
import type { MessageType, MessageUnderTest } from './type.ts';

const maxNameLength = 512;
const maxComponents = 20;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates */
export const template: MessageType = {
	type: 'template',
	check(message) {
		const content = requireObject(message.body, 'template');
		const name = requireText(content, 'name', 'template.name', { max: maxNameLength, code: 100 });
		const language = requireObject(content, 'language', 'template.language');
		const code = requireText(language, 'code', 'template.language.code', { max: 40, code: 100 });
		const policy = language['policy'];
		if (!isAbsent(policy) && policy !== 'deterministic') {
			throw invalidParameter("Param template['language']['policy'] must be one of {DETERMINISTIC}");
		}
		const stored = readyTemplate(message, name, code);
		const components = readComponents(content);
		if (stored?.category === 'AUTHENTICATION' && message.recipient.byUserId) {
			throw new GraphError(131062, {
				details: 'Authentication templates need a phone number as recipient',
			});
		}
		// Without strict references, only the shape is checked, not the stored template.
		const { strictReferences } = message.simulator.settings;
		checkComponents(message, components, strictReferences ? stored : null);
		return stored ? { template: stored } : undefined;
	},
};

/**
 * @throws GraphError 132001 unless it is approved, 132015 if it is paused, 132016 if disabled,
 * 132018 if Direct Send made it
 */
function readyTemplate(
	{ simulator, number }: MessageUnderTest,
	name: string,
	language: string,
): Template | null {
	const stored = findTemplate(simulator.account, number.businessAccountId, name, language);
	if (stored?.['source'] === generatedSource) {
		throw new GraphError(132018, {
			details: "Direct send template can't be used for template message",
		});
	}
	if (!simulator.settings.strictReferences) return stored ?? null;
	if (stored?.status === 'PAUSED')
		throw new GraphError(132015, { details: `Template ${name} is paused` });
	if (stored?.status === 'DISABLED')
		throw new GraphError(132016, { details: `Template ${name} is disabled` });
	if (stored?.status !== 'APPROVED') {
		throw new GraphError(132001, {
			message: 'Template name does not exist in the translation',
			details: `template name (${name}) does not exist in ${language}`,
		});
	}
	return stored;
}

/** @throws GraphError 100 */
function readComponents(content: JsonObject): JsonObject[] {
	const value = content['components'];
	if (isAbsent(value)) return [];
	if (!Array.isArray(value))
		throw invalidParameter("Param template['components'] must be an array.");
	if (value.length > maxComponents) {
		throw invalidParameter(`Param template['components'] has more than ${maxComponents} elements`);
	}
	return value.map((entry, index) => {
		const path = `template['components'][${index}]`;
		const component = objectAt(entry, path);
		if (asText(component['type']) === undefined)
			throw invalidParameter(`The parameter ${path}['type'] is required.`);
		return component;
	});
}
