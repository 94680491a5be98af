import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Template } from '../../state/account.ts';
import { templateNode } from '../../state/account.ts';
import { publishChange } from '../../webhooks/publish.ts';
import { buttonsOf, findComponent } from './definition/fields.ts';

/** More members of a status notice: why, and what to do. */
interface StatusDetails {
	/** `other_info`: for pauses and their end, and for the end of a template. */
	otherInfo?: { title: string; description: string };
	/** `rejection_info`. */
	rejection?: { reason: string; recommendation: string };
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update */
export function publishStatus(
	simulator: Simulator,
	template: Template,
	event: string,
	details: StatusDetails = {},
): void {
	publish(simulator, template, 'message_template_status_update', {
		event,
		...namesOf(template),
		message_template_category: template.category,
		reason: asText(template['rejected_reason']) ?? 'NONE',
		...(details.otherInfo ? { other_info: details.otherInfo } : {}),
		...(details.rejection ? { rejection_info: details.rejection } : {}),
		...(event === 'DISABLED'
			? { disable_info: { disable_date: String(simulator.clock.nowSeconds()) } }
			: {}),
	});
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_quality_update */
export function publishQuality(
	simulator: Simulator,
	template: Template,
	scores: { previous: string; new: string },
): void {
	publish(simulator, template, 'message_template_quality_update', {
		previous_quality_score: scores.previous,
		new_quality_score: scores.new,
		...namesOf(template),
	});
}

/**
 * A category that has changed, or one that will.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/template_category_update
 */
export function publishCategory(
	simulator: Simulator,
	template: Template,
	change: JsonObject,
): void {
	publish(simulator, template, 'template_category_update', { ...namesOf(template), ...change });
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_components_update */
export function publishComponents(simulator: Simulator, template: Template): void {
	const { components } = template;
	const header = asText(findComponent(components, 'HEADER')?.['text']);
	const footer = asText(findComponent(components, 'FOOTER')?.['text']);
	const buttons = buttonsOf(components);
	publish(simulator, template, 'message_template_components_update', {
		...namesOf(template),
		message_template_language: template.language,
		message_template_element: asText(findComponent(components, 'BODY')?.['text']) ?? '',
		...(header === undefined ? {} : { message_template_title: header }),
		...(footer === undefined ? {} : { message_template_footer: footer }),
		...(buttons.length === 0 ? {} : { message_template_buttons: buttons.map(buttonNotice) }),
	});
}

function buttonNotice(button: JsonObject): JsonObject {
	const [url, number] = [asText(button['url']), asText(button['phone_number'])];
	return {
		message_template_button_type: button['type'],
		message_template_button_text: asText(button['text']) ?? '',
		...(url === undefined ? {} : { message_template_button_url: url }),
		...(number === undefined ? {} : { message_template_button_phone_number: number }),
	};
}

/** Tells the chat page. */
export function showChange(simulator: Simulator, template: Template): void {
	const current = simulator.account.templates.get(template.id);
	simulator.chat.publish('template', {
		id: template.id,
		template: current ? templateNode(current) : null,
	});
}

/** Notices write the language with a hyphen, and the ID as a number. */
function namesOf(template: Template): JsonObject {
	return {
		message_template_id: Number(template.id),
		message_template_name: template.name,
		message_template_language: template.language.replace('_', '-'),
	};
}

function publish(simulator: Simulator, template: Template, field: string, value: JsonObject): void {
	showChange(simulator, template);
	publishChange(simulator, {
		businessAccountId: template.businessAccountId,
		phoneNumberId: null,
		field,
		value,
		traits: {
			event: 'other',
			status: undefined,
			phoneNumberId: undefined,
			recipient: undefined,
			operationId: undefined,
			messageType: undefined,
		},
	});
}
