import { defineGraphOperation } from '../../node/management/graphOperation';
import { partlyDone, type NotDone } from '../../node/management/partlyDone';
import { businessAccount } from '../../node/management/target';
import { listIn, objectOf } from '../../values/unknown';
import { templateIds, templateIdsField } from './templateTarget';

/** One of Meta's two calls, and the words around it. */
interface Archiving {
	name: string;
	action: string;
	description: string;
	entry: 'archive' | 'unarchive';
	/** Meta's list of the templates with which it worked. */
	done: 'archived_templates' | 'unarchived_templates';
	/** Name in the item. */
	member: 'archived' | 'unarchived';
}

/**
 * Archives templates, or restores them. If Meta does so for only some of them, the error lists both.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-archival
 */
export const defineArchiving = ({ entry, done, member, ...words }: Archiving) =>
	defineGraphOperation({
		...words,
		permission: 'whatsapp_business_management',
		target: businessAccount,
		fields: [templateIdsField('If Meta refuses some of them, the error lists both')],
		shape: { templateIds: templateIds() },
		request: ({ templateIds: ids }) => ({
			method: 'POST',
			host: 'api',
			edge: 'message_templates',
			entry,
			json: { hsm_ids: ids },
			// A template that is there already stays there.
			isIdempotent: true,
		}),
		item(answer) {
			const reasons = objectOf(answer['failed_templates']);
			const worked = listIn(answer[done]).map(String);
			const failed = Object.entries(reasons).map(([templateId, reason]): Failed => ({
				templateId,
				code: null,
				reason: reasonIn(reason),
			}));
			const item = { success: failed.length === 0, [member]: worked, failed };
			if (item.success) return item;
			throw partlyDone(
				{
					done: worked,
					notDone: failed.map(({ templateId, ...why }) => ({ name: templateId, ...why })),
					verb: member,
					noun: 'templates',
					advice: 'Look at the status of the others with Template → Get.',
				},
				item,
			);
		},
		outputSchema: {
			success: 'boolean',
			[member]: ['string'],
			failed: [{ templateId: 'string', code: 'integer', reason: 'string' }],
		},
	});

/** A template that Meta left as it was. */
interface Failed extends NotDone {
	templateId: string;
}

/** Meta writes a text, or an object with one. */
function reasonIn(reason: unknown): string {
	if (typeof reason === 'string') return reason;
	const { error, message } = objectOf(reason);
	const text = [error, message].find((each) => typeof each === 'string');
	return text ?? JSON.stringify(reason);
}
