import { GraphError, invalidParameter } from '../errors/graph-error.ts';
import type { JsonObject } from '../json.ts';
import { asObject, asText } from '../json.ts';
import type { Settings } from '../state/settings.ts';
import type { Recipient } from './recipient.ts';
import { isAbsent, objectAt } from './rules.ts';

/** A free-form message that is sent as a template, which Meta makes of it. */
export interface DirectSend {
	category: 'utility' | 'authentication';
	/** The template's name; null lets Meta choose. */
	templateName: string | null;
}

/** Longest text by Direct Send, in characters. */
export const directSendTextLength = 1024;

/** How many seconds Meta may try to deliver a message. */
const ttlSeconds = {
	utility: { min: 30, max: 43_200 },
	authentication: { min: 30, max: 900 },
} as const;

const templateNamePattern = /^[a-z0-9_]{1,512}$/;
const interactiveKinds: ReadonlySet<string> = new Set(['cta_url', 'button', 'voice_call']);

/**
 * What `category` and its related members ask for; null for an ordinary message. Templates have a
 * category of their own, so theirs is ignored.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/direct-send
 * @throws GraphError 100, 131062, 131064 or 139200
 */
export function readDirectSend(
	body: JsonObject,
	type: string,
	recipient: Recipient,
	settings: Settings['directSend'],
): DirectSend | null {
	if (type === 'template') return null;
	const category = readCategory(body['category']);
	if (category === 'service') {
		for (const name of ['ttl_seconds', 'direct_send_config']) {
			if (!isAbsent(body[name])) throw invalidParameter(`Param ${name} needs a category`);
		}
		return null;
	}
	checkAccess(category, recipient, settings);
	checkTtl(body['ttl_seconds'], ttlSeconds[category]);
	const templateName = readTemplateName(body['direct_send_config'], category);
	checkContent(body, type, recipient);
	return { category, templateName };
}

function readCategory(value: unknown): 'service' | DirectSend['category'] {
	if (isAbsent(value)) return 'service';
	const category = typeof value === 'string' ? value.toLowerCase() : '';
	if (category === 'service' || category === 'utility' || category === 'authentication') {
		return category;
	}
	throw invalidParameter('Param category must be one of {AUTHENTICATION, SERVICE, UTILITY}');
}

function checkAccess(
	category: DirectSend['category'],
	recipient: Recipient,
	settings: Settings['directSend'],
): void {
	const access = settings[category];
	if (access === 'off') {
		throw invalidParameter(
			"The 'category' value requires Direct Send, which isn't enabled for this account",
		);
	}
	if (access === 'blocked') {
		throw new GraphError(139200, {
			details: 'Direct Send was turned off for this account after violations',
		});
	}
	if (access === 'limited') throw new GraphError(131064);
	if (category === 'authentication' && recipient.byUserId) {
		throw new GraphError(131062, {
			details: 'Authentication messages need a phone number as recipient',
		});
	}
}

function checkTtl(value: unknown, { min, max }: { min: number; max: number }): void {
	if (isAbsent(value)) return;
	if (typeof value !== 'number' || !Number.isInteger(value)) {
		throw invalidParameter('Param ttl_seconds must be an integer');
	}
	if (value > max) {
		throw invalidParameter(`Param ttl_seconds must be lower than or equal to ${max}`);
	}
	if (value < min) {
		throw invalidParameter(`Param ttl_seconds must be higher than or equal to ${min}`);
	}
}

function readTemplateName(value: unknown, category: DirectSend['category']): string | null {
	if (isAbsent(value)) return null;
	const name = objectAt(value, 'direct_send_config')['template_name'];
	if (isAbsent(name)) return null;
	if (category !== 'utility') {
		throw invalidParameter('Param template_name is only allowed with the category utility');
	}
	if (typeof name !== 'string' || !templateNamePattern.test(name)) {
		throw invalidParameter(
			'Param template_name must have 1 to 512 lowercase letters, digits and underscores',
		);
	}
	return name;
}

/** Only texts, and interactive messages with links, buttons or a call. */
function checkContent(body: JsonObject, type: string, recipient: Recipient): void {
	if (recipient.group) throw invalidParameter('Direct Send does not support groups');
	const kind = asText(asObject(body['interactive'])?.['type']) ?? '';
	if (type !== 'text' && !(type === 'interactive' && interactiveKinds.has(kind))) {
		throw invalidParameter(
			`Direct Send does not support messages of type ${type}${type === 'interactive' ? ` ${kind.slice(0, 64)}` : ''}`,
		);
	}
	if (!isAbsent(body['context'])) throw invalidParameter('Direct Send does not support context');
}
