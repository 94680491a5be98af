import type { IDataObject } from 'n8n-workflow';
import { objectOf } from '../../values/unknown';

/** Somebody in a group, or who would like to be. */
export const personShape = { waId: 'string', userId: 'string' } as const;

export function personItem(person: unknown): IDataObject {
	const { wa_id: waId, user_id: userId } = objectOf(person);
	return {
		waId: typeof waId === 'string' ? waId : null,
		userId: typeof userId === 'string' ? userId : null,
	};
}
