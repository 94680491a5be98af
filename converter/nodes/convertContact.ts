import { recordOf, recordsOf, textOf, type Parameters } from '../workflow/workflow.ts';
import { filled } from './conversion.ts';
import type { SharedFields } from './sharedFields.ts';

/** The contact card of n8n's node, as one row of Send Contacts. */
export function contactOf(name: unknown, additional: Parameters, fields: SharedFields): Parameters {
	const parts = recordOf(recordOf(name)['data']);
	const { addresses, birthday, emails, organization, phones, urls, ...others } = additional;
	fields.dropped(Object.keys(others));
	const { company, department, title } = recordOf(recordOf(organization)['data']);
	return filled({
		formattedName: fields.required(parts['formatted_name'], 'Full Name'),
		firstName: parts['first_name'],
		middleName: parts['middle_name'],
		lastName: parts['last_name'],
		prefix: parts['prefix'],
		suffix: parts['suffix'],
		phones: listOf('phone', phones, 'data', (row) => ({
			...typed(row, 'CELL'),
			phone: row['phone'],
			waId: row['whatsapp_user_id'],
		})),
		emails: listOf('email', emails, 'data', (row) => ({ ...typed(row), email: row['email'] })),
		urls: listOf('url', urls, 'url', (row) => ({ ...typed(row), url: row['url'] })),
		addresses: listOf('address', addresses, 'address', (row) => ({
			...typed(row),
			street: row['street'],
			city: row['city'],
			state: row['state'],
			zip: row['zip'],
			country: row['country'],
			countryCode: row['country_code'],
		})),
		company,
		department,
		jobTitle: title,
		birthday,
	});
}

/** n8n leaves a type out of the file that is the default of its field. */
const typed = ({ type }: Parameters, usual = 'HOME'): Parameters => ({
	type: textOf(type) || usual,
});

/** A list within the card; `undefined` if it has no rows. */
function listOf(
	rowName: string,
	list: unknown,
	oldName: string,
	read: (row: Parameters) => Parameters,
): Parameters | undefined {
	const rows = recordsOf(recordOf(list)[oldName]).map((row) => filled(read(row)));
	return rows.length === 0 ? undefined : { [rowName]: rows };
}
