import type { FastifyRequest } from 'fastify';
import { invalidParameter } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asList, asObject, asText, asTextList, isTrue } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import { bodyOf, queryOf } from '../call.ts';
import { addTemplate } from './create.ts';
import { authenticationTexts } from './definition/authentication-texts.ts';
import {
	checkMinutes,
	readAuthentication,
	shownAuthentication,
} from './definition/authentication.ts';
import { readLanguage, readName, readTimeToLive } from './definition/names.ts';
import { approve } from './life.ts';
import { publishComponents } from './notices.ts';
import { reachAccount, templatesOf } from './reach.ts';

const category = 'AUTHENTICATION';

/** @throws GraphError 100 */
function requireAuthentication(value: unknown): void {
	if (asText(value)?.toUpperCase() === category) return;
	throw invalidParameter(`Param category must be one of {${category}}`);
}

/**
 * `POST /{waba}/upsert_message_templates`: one authentication template in several languages, made
 * or replaced.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/bulk-management
 */
export function upsertTemplates(simulator: Simulator, request: FastifyRequest): JsonObject {
	const { id } = reachAccount(simulator, request);
	const body = bodyOf(request);
	requireAuthentication(body['category']);
	const name = readName(body['name']);
	const languages = asTextList(body['languages']).map(readLanguage);
	if (languages.length === 0) throw invalidParameter('The parameter languages is required.');
	const password = readAuthentication(
		asList(body['components']).map((part) => asObject(part) ?? {}),
	);
	if (password.button['text'] !== undefined || password.button['autofill_text'] !== undefined) {
		throw invalidParameter('The texts of buttons are not supported here: Meta translates them');
	}
	const timeToLive = readTimeToLive(body['message_send_ttl_seconds'], category);
	const data = languages.map((language) => {
		const components = shownAuthentication(password, language);
		const known = templatesOf(simulator, id).find(
			(template) => template.name === name && template.language === language,
		);
		const template =
			known ??
			addTemplate(simulator, id, {
				name,
				language,
				category,
				parameter_format: 'POSITIONAL',
				components,
			});
		template.components = components;
		if (timeToLive !== undefined) template['message_send_ttl_seconds'] = timeToLive;
		if (known) publishComponents(simulator, template);
		approve(simulator, template);
		return { id: template.id, status: template.status, language };
	});
	return { data };
}

/** `GET /{waba}/message_template_previews`: the texts that Meta writes. */
export function previewTemplates(simulator: Simulator, request: FastifyRequest): JsonObject {
	reachAccount(simulator, request);
	const query = queryOf(request);
	requireAuthentication(query['category']);
	const named = asTextList(query['languages'] ?? query['language']);
	const languages = named.length > 0 ? named.map(readLanguage) : ['en_US'];
	const given = query['code_expiration_minutes'];
	const minutes = given === undefined ? null : checkMinutes(given);
	const addsAdvice = isTrue(query['add_security_recommendation']);
	return {
		data: languages.map((language) => {
			const texts = authenticationTexts(language, minutes);
			return {
				body: addsAdvice ? `${texts.body} ${texts.advice}` : texts.body,
				...(minutes === null ? {} : { footer: texts.footer }),
				buttons: [{ text: texts.copy, autofill_text: texts.autofill }],
				language,
				id: Buffer.from(`${language}/${minutes ?? ''}/${addsAdvice ? 'advice' : ''}`).toString(
					'base64url',
				),
			};
		}),
	};
}
