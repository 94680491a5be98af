import { fileParameters, filled, list, object, type Parameters, type Wire } from './wire.ts';

/** Parameters of the messages that offer no choice of type, by their type on the wire. */
export const plain: Record<string, (content: Wire) => Parameters> = {
	text: ({ body, preview_url }) => filled({ text: body, previewUrl: preview_url }),
	location: ({ latitude, longitude, name, address }) =>
		filled({ latitude, longitude, locationName: name, locationAddress: address }),
	reaction: ({ message_id, emoji }) =>
		emoji === ''
			? { messageId: message_id, reaction: 'remove' }
			: { messageId: message_id, reaction: 'add', emoji },
};

/** Parameters of contact cards; `contacts` is a list, where all other types have an object. */
export function contactsParameters(contacts: unknown): Parameters {
	return {
		contacts: {
			contact: list(contacts).map((contact) => {
				const { name, org, birthday } = contact;
				const { formatted_name, first_name, middle_name, last_name, prefix, suffix } = object(name);
				const { company, department, title } = object(org);
				return filled({
					formattedName: formatted_name,
					firstName: first_name,
					middleName: middle_name,
					lastName: last_name,
					...{ prefix, suffix, company, department, jobTitle: title, birthday },
					phones: {
						phone: list(contact['phones']).map(({ phone, type, wa_id }) =>
							filled({ phone, type, waId: wa_id }),
						),
					},
					emails: { email: list(contact['emails']) },
					urls: { url: list(contact['urls']) },
					addresses: {
						address: list(contact['addresses']).map(({ country_code, ...address }) =>
							filled({ ...address, countryCode: country_code }),
						),
					},
				});
			}),
		},
	};
}

/** Parameters for pinning or unpinning a group's message. */
export const pinParameters = ({ type, message_id, expiration_days }: Wire): Parameters => ({
	pinAction: type,
	messageId: message_id,
	pinDays: expiration_days ?? '',
});

/** Parameters of a message that is a file. */
export function mediaParameters(kind: string, content: Wire): Parameters {
	const { caption, filename, voice } = content;
	return filled({
		mediaType: voice === true ? 'voice' : kind,
		...fileParameters(content),
		caption,
		filename,
	});
}
