import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../json.ts';
import { asList, asObject, asText } from '../../json.ts';
import type { DirectSend } from '../../messages/direct-send.ts';
import { GraphError } from '../../errors/graph-error.ts';
import type { Simulator } from '../../simulator.ts';
import type { PhoneNumber, Template } from '../../state/account.ts';
import { generatedSource } from '../../state/account.ts';
import { newNumericId } from '../../state/ids.ts';
import { showChange } from './notices.ts';

/** After this many failures, no more templates are made under a name. */
const maxFailures = 3;

/** What Direct Send makes of a message. */
interface Generated {
	/** Null if none could be made: the message is accepted, then fails. */
	template: Template | null;
	fails: { code: number; details: string } | null;
}

/**
 * The template that Meta makes of a free-form message; the same message reuses it.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/direct-send
 * @throws GraphError 131000 for a name under which three have failed
 */
export function generateTemplate(
	simulator: Simulator,
	number: PhoneNumber,
	directSend: DirectSend,
	type: string,
	body: JsonObject,
): Generated {
	const { businessAccountId } = number;
	const { templateName } = directSend;
	const components = componentsOf(type, body);
	const category = directSend.category.toUpperCase();
	const others = [...simulator.account.templates.values()].filter(
		(template) => template.businessAccountId === businessAccountId,
	);
	const sameName = others.filter(({ name }) => name === templateName);
	const candidates = templateName === null ? others.filter(isUnnamed) : sameName;
	const known = candidates.find(
		(template) =>
			template['source'] === generatedSource &&
			template.category === category &&
			isDeepStrictEqual(template.components, components),
	);
	if (known) return { template: known, fails: null };
	if (templateName !== null && sameName.length > 0) {
		return {
			template: null,
			fails: countFailure(simulator, `${businessAccountId}/${templateName}`),
		};
	}
	const id = newNumericId(15);
	const template: Template = {
		id,
		name: templateName ?? `${unnamed}${id}`,
		language: 'en',
		status: 'APPROVED',
		category,
		parameter_format: 'POSITIONAL',
		components,
		source: generatedSource,
		businessAccountId,
	};
	simulator.account.templates.set(id, template);
	showChange(simulator, template);
	return { template, fails: null };
}

/** Prefix of the names that Meta chooses. */
const unnamed = 'direct_send_';

function isUnnamed(template: Template): boolean {
	return template.name === `${unnamed}${template.id}`;
}

function countFailure(simulator: Simulator, key: string): NonNullable<Generated['fails']> {
	const failures = simulator.failedTemplates.get(key) ?? 0;
	if (failures >= maxFailures) {
		throw new GraphError(131000, { details: 'The template could not be created three times' });
	}
	simulator.failedTemplates.set(key, failures + 1);
	return {
		code: 132021,
		details: 'A template with the same name already exists. Choose a different template name',
	};
}

/** The message's parts as the components of a template definition. */
function componentsOf(type: string, body: JsonObject): JsonObject[] {
	if (type === 'text') return [{ type: 'BODY', text: asText(asObject(body['text'])?.['body']) }];
	const interactive = asObject(body['interactive']) ?? {};
	const header = asObject(interactive['header']);
	const footer = asText(asObject(interactive['footer'])?.['text']);
	return [
		...(header ? [headerOf(header)] : []),
		{ type: 'BODY', text: asText(asObject(interactive['body'])?.['text']) },
		...(footer === undefined ? [] : [{ type: 'FOOTER', text: footer }]),
		{ type: 'BUTTONS', buttons: buttonsOf(interactive) },
	];
}

function headerOf(header: JsonObject): JsonObject {
	const format = (asText(header['type']) ?? '').toUpperCase();
	return { type: 'HEADER', format, ...(format === 'TEXT' ? { text: header['text'] } : {}) };
}

function buttonsOf(interactive: JsonObject): JsonObject[] {
	const action = asObject(interactive['action']) ?? {};
	const parameters = asObject(action['parameters']) ?? {};
	const link = ({ display_text: text, url }: JsonObject): JsonObject => ({
		type: 'URL',
		text,
		url,
	});
	if (interactive['type'] === 'cta_url') return [link(parameters)];
	if (interactive['type'] === 'voice_call') {
		return [{ type: 'VOICE_CALL', text: parameters['display_text'] ?? 'Call now' }];
	}
	return asList(action['buttons']).map((entry) => {
		const cta = asObject(asObject(entry)?.['cta_url']);
		const reply = asObject(asObject(entry)?.['reply']);
		return cta ? link(cta) : { type: 'QUICK_REPLY', text: reply?.['title'] };
	});
}
