import type { JsonObject } from '../../json.ts';
import { asObject, asText } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Template } from '../../state/account.ts';
import { publishCategory, publishQuality, publishStatus, showChange } from './notices.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Pauses for low quality, in their order; after them, the template is disabled. */
const pauses = [
	{ title: 'FIRST_PAUSE', hours: 3 },
	{ title: 'SECOND_PAUSE', hours: 6 },
] as const;

/** How long an archived template can be brought back. */
const archivedMs = 28 * dayMs;

/** Why a review ended with a rejection. */
export interface Rejection {
	/** As in `rejected_reason`, e.g. INVALID_FORMAT. */
	reason: string;
	/** What to change, for people. */
	recommendation?: string | undefined;
}

/** Writes when the template has last changed, as Graph does. */
export function touch(simulator: Simulator, template: Template): void {
	const at = new Date(simulator.clock.now()).toISOString();
	template['last_updated_time'] = at.replace(/\.\d+Z$/, '+0000');
}

function setStatus(simulator: Simulator, template: Template, status: string): void {
	template.status = status;
	touch(simulator, template);
}

/** Starts the review; `templates.reviewAfterMs` says when it ends, if it ends by itself. */
export function startReview(simulator: Simulator, template: Template): void {
	setStatus(simulator, template, 'PENDING');
	const { reviewAfterMs } = simulator.settings.templates;
	const job =
		reviewAfterMs === null
			? null
			: simulator.clock.after(reviewAfterMs, () => endReview(simulator, template));
	simulator.templates.plan(template.id, job);
	showChange(simulator, template);
}

/** Rejects a template whose name contains `reject`, and approves all others. */
function endReview(simulator: Simulator, template: Template): void {
	if (template.name.includes('reject')) reject(simulator, template, { reason: 'INVALID_FORMAT' });
	else approve(simulator, template);
}

export function approve(simulator: Simulator, template: Template): void {
	simulator.templates.plan(template.id, null);
	simulator.templates.of(template.id).approvedMs = simulator.clock.now();
	template['rejected_reason'] = 'NONE';
	setStatus(simulator, template, 'APPROVED');
	publishStatus(simulator, template, 'APPROVED');
}

export function reject(simulator: Simulator, template: Template, rejection: Rejection): void {
	simulator.templates.plan(template.id, null);
	template['rejected_reason'] = rejection.reason;
	setStatus(simulator, template, 'REJECTED');
	const { reason, recommendation } = rejection;
	publishStatus(
		simulator,
		template,
		'REJECTED',
		recommendation === undefined ? {} : { rejection: { reason, recommendation } },
	);
}

/**
 * Pauses a template for its quality: for 3 hours, then for 6, and the third time for good.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-pausing
 */
export function pauseForQuality(simulator: Simulator, template: Template): void {
	const record = simulator.templates.of(template.id);
	const pause = pauses[record.pauses];
	record.pauses++;
	setQuality(simulator, template, 'RED');
	if (!pause) {
		disable(simulator, template);
		return;
	}
	record.isPaced = false;
	setStatus(simulator, template, 'PAUSED');
	publishStatus(simulator, template, 'PAUSED', {
		otherInfo: {
			title: pause.title,
			description: `The template is paused for ${pause.hours} hours, because people have blocked or reported it.`,
		},
	});
	const job = simulator.clock.after(pause.hours * hourMs, () => unpause(simulator, template));
	simulator.templates.plan(template.id, job);
}

/** Pauses a template that is new and too often unwelcome, until the business lifts the pause. */
export function pauseByPacing(simulator: Simulator, template: Template): void {
	simulator.templates.plan(template.id, null);
	simulator.templates.of(template.id).isPaced = true;
	setStatus(simulator, template, 'PAUSED');
	publishStatus(simulator, template, 'PAUSED', {
		otherInfo: {
			title: 'RATE_LIMITING_PAUSE',
			description: 'The template is paused, because its first recipients did not welcome it.',
		},
	});
}

export function unpause(simulator: Simulator, template: Template): void {
	simulator.templates.plan(template.id, null);
	simulator.templates.of(template.id).isPaced = false;
	setStatus(simulator, template, 'APPROVED');
	publishStatus(simulator, template, 'APPROVED', {
		otherInfo: { title: 'UNPAUSE', description: 'The template can be sent again.' },
	});
}

export function disable(simulator: Simulator, template: Template): void {
	simulator.templates.plan(template.id, null);
	setStatus(simulator, template, 'DISABLED');
	publishStatus(simulator, template, 'DISABLED', {
		otherInfo: { title: 'DISABLED', description: 'The template cannot be sent any more.' },
	});
}

/** Any other status, as it is: FLAGGED, IN_APPEAL, LIMIT_EXCEEDED, LOCKED … */
export function setOtherStatus(simulator: Simulator, template: Template, status: string): void {
	simulator.templates.plan(template.id, null);
	setStatus(simulator, template, status);
	publishStatus(simulator, template, status);
}

/** GREEN, YELLOW, RED or UNKNOWN. */
export function qualityOf(template: Template): string {
	return asText(asObject(template['quality_score'])?.['score']) ?? 'UNKNOWN';
}

export function setQuality(simulator: Simulator, template: Template, score: string): void {
	const previous = qualityOf(template);
	template['quality_score'] = { score, date: simulator.clock.nowSeconds() };
	if (previous !== score) publishQuality(simulator, template, { previous, new: score });
}

export function setCategory(simulator: Simulator, template: Template, category: string): void {
	const previous = template.category;
	if (previous === category) return;
	template.category = category;
	template['previous_category'] = previous;
	delete template['correct_category'];
	touch(simulator, template);
	publishCategory(simulator, template, { previous_category: previous, new_category: category });
}

/** Announces the category that Meta finds right, and sets it a day later. */
export function announceCategory(simulator: Simulator, template: Template, category: string): void {
	template['correct_category'] = category;
	const atSeconds = simulator.clock.nowSeconds() + dayMs / 1000;
	publishCategory(simulator, template, {
		new_category: template.category,
		correct_category: category,
		category_update_timestamp: atSeconds,
	});
	simulator.clock.after(dayMs, () => {
		const isCurrent = simulator.account.templates.get(template.id) === template;
		if (isCurrent && template['correct_category'] === category) {
			setCategory(simulator, template, category);
		}
	});
}

/** Archives a template; it is deleted after 28 days unless it is brought back. */
export function archive(simulator: Simulator, template: Template): void {
	const record = simulator.templates.of(template.id);
	simulator.templates.plan(template.id, null);
	const deletion = simulator.clock.after(archivedMs, () => remove(simulator, template));
	record.archived = { status: template.status, deletion };
	setStatus(simulator, template, 'ARCHIVED');
	publishStatus(simulator, template, 'ARCHIVED');
}

/** Back to the status before; APPROVED if that is not known. */
export function unarchive(simulator: Simulator, template: Template): void {
	const record = simulator.templates.of(template.id);
	record.archived?.deletion.cancel();
	setStatus(simulator, template, record.archived?.status ?? 'APPROVED');
	record.archived = null;
	publishStatus(simulator, template, 'UNARCHIVED');
}

/** Deletes a template at once. */
export function remove(simulator: Simulator, template: Template): void {
	if (!simulator.account.templates.delete(template.id)) return;
	simulator.templates.forget(template.id);
	publishStatus(simulator, template, 'DELETED');
}

/** The code with which messages are refused, by status. */
const sendErrors: Readonly<Record<string, number>> = { PAUSED: 132_015, DISABLED: 132_016 };

/** The health of a template, as in `health_status`. */
export function healthOf(template: Template): JsonObject {
	const canSend = template.status === 'APPROVED' ? 'AVAILABLE' : 'BLOCKED';
	const code = sendErrors[template.status] ?? 132_001;
	return {
		can_send_message: canSend,
		entities: [
			{
				entity_type: 'MESSAGE_TEMPLATE',
				id: template.id,
				can_send_message: canSend,
				...(canSend === 'AVAILABLE'
					? {}
					: {
							errors: [
								{
									error_code: code,
									error_description: `The template has the status ${template.status}.`,
									possible_solution: 'Choose another template, or edit this one.',
								},
							],
						}),
			},
			{ entity_type: 'WABA', id: template.businessAccountId, can_send_message: 'AVAILABLE' },
		],
	};
}

/**
 * Holds back what is sent of a template, sends it, or drops it, whereupon the template is paused.
 * Nobody can say in advance which of the two it will be.
 */
export function setPacing(
	simulator: Simulator,
	template: Template,
	step: 'hold' | 'deliver' | 'drop',
): void {
	const record = simulator.templates.of(template.id);
	if (step === 'hold') {
		record.held ??= [];
		return;
	}
	const waiting = record.held ?? [];
	record.held = null;
	for (const message of waiting) message[step]();
	if (step === 'drop') pauseByPacing(simulator, template);
}
