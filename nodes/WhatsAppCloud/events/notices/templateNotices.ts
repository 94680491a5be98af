import type { JsonObject } from '../reading/lenientJson';
import { because, change, type NoticeReader, type PathReader } from './noticeReader';
import type { NoticeName } from './noticeTypes';
import { readTimestamp } from '../reading/readTimestamp';

/** Some notices say `en-US`; templates are sent and listed as `en_US`. */
const language = (read: PathReader): string | null =>
	read('message_template_language')?.replaceAll('-', '_') ?? null;

const line = (says: (read: PathReader, kind: string) => string): NoticeReader['text'] => {
	return (read, kind) => {
		const inLanguage = language(read);
		const name = read('message_template_name') ?? read('message_template_id') ?? '?';
		return `Template ${name}${inLanguage === null ? '' : ` (${inLanguage})`}: ${says(read, kind)}`;
	};
};

/** ID and language in the form that the API takes, whatever the notice. */
const withPlainNames: NonNullable<NoticeReader['details']> = (details, read) => {
	const id = read('message_template_id');
	const inLanguage = language(read);
	return {
		...details,
		...(id === null ? {} : { messageTemplateId: id }),
		...(inLanguage === null ? {} : { messageTemplateLanguage: inLanguage }),
	};
};

const TEMPLATE = { id: 'message_template_id', details: withPlainNames } as const;

/**
 * Meta announces a change of category a day before (`correct_category`, with the current one as
 * `new_category`) and reports it again once done (`previous_category` and `new_category`).
 */
function categoriesOf(read: PathReader): JsonObject & { from: string | null; to: string | null } {
	const [previous, stated, correct] = [
		read('previous_category'),
		read('new_category'),
		read('correct_category'),
	];
	const isAdvance = correct !== null && previous === null;
	return isAdvance
		? { isAdvance, from: stated, to: correct, now: stated }
		: { isAdvance, from: previous, to: stated ?? correct, now: stated ?? correct };
}

const categoryUpdate: NoticeReader = {
	...TEMPLATE,
	kind: (read) => categoriesOf(read).to,
	text: line((read) => {
		const { isAdvance, from, to } = categoriesOf(read);
		if (isAdvance !== true) return `category ${change(from, to)}`;
		const at = readTimestamp(read('category_update_timestamp') ?? undefined);
		return `category will change ${change(from, to)}${at === null ? '' : ` at ${at}`}`;
	}),
	details: (details, read, part) => {
		const { isAdvance, to, now } = categoriesOf(read);
		return {
			...withPlainNames(details, read, part),
			isAdvance,
			currentCategory: now,
			newCategory: to,
			changesAt: readTimestamp(read('category_update_timestamp') ?? undefined),
		};
	},
};

type TemplateNotice = Extract<NoticeName, `${string}template${string}`>;

/**
 * The notices about templates.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/template_category_update
 */
export const TEMPLATE_NOTICES: Readonly<Record<TemplateNotice, NoticeReader>> = {
	message_template_components_update: { ...TEMPLATE, text: line(() => 'components changed') },
	message_template_quality_update: {
		...TEMPLATE,
		kind: (read) => read('new_quality_score'),
		text: line(
			(read) => `quality ${change(read('previous_quality_score'), read('new_quality_score'))}`,
		),
	},
	message_template_status_update: {
		...TEMPLATE,
		kind: (read) => read('event'),
		text: line((read, kind) => `${kind}${because(read('reason'))}`),
	},
	template_category_update: categoryUpdate,
	template_correct_category_detection: {
		...TEMPLATE,
		kind: (read) => read('correct_category'),
		text: line((read) => `category should be ${read('correct_category') ?? '?'}`),
	},
};
