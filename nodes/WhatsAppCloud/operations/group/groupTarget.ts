import { groupField } from '../../fields/locators/groupField';
import { targetOf } from '../../node/management/target';
import { idOfForm } from '../../values/id';

/** The permission that everything about groups needs. */
export const groupPermission = 'whatsapp_business_messaging';

/** What Meta wants to see in each change. */
export const product = { messaging_product: 'whatsapp' } as const;

/** One group, by its ID. */
export const group = targetOf({
	label: 'Group',
	fields: [groupField],
	shape: { group: idOfForm(/^[\w+/=-]+$/, 'must be the ID of a group', 256) },
	idOf: (_run, { group: id }) => id,
});
