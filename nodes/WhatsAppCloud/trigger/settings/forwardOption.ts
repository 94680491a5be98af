import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';

import { isPublicHost } from '../../graph/http/publicHost';
import { textList } from '../../values/list';
import { FieldProblem } from '../../values/problem';
import { webAddress } from '../../values/webAddress';
import { ALL_EVENTS } from './eventChoice';
import { eventOptions } from './eventOptions';

/** Where the webhooks of some events go as well. */
export interface ForwardOption {
	address: string;
	/** Empty: all. */
	events: ReadonlySet<string>;
}

export const forwardOption: INodeProperties = {
	displayName: 'Forward Webhooks To',
	name: 'forwards',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Address' },
	default: {},
	placeholder: 'Add Address',
	description:
		"Hand Meta's webhooks as they are, with their signature, to other systems as well, such as Chatwoot. An address that does not answer is tried for a day. Needs the state.",
	options: [
		{
			displayName: 'Address',
			name: 'address',
			values: [
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://chat.example.com/webhooks/whatsapp/+15551234567',
					description: 'Gets a POST request, and has to answer with 2xx within 10 seconds',
				},
				{
					displayName: 'Events',
					name: 'events',
					type: 'multiOptions',
					options: eventOptions,
					default: [],
					hint: 'Leave empty for all',
					description: 'Webhooks with at least one of these',
				},
			],
		},
	],
};

export const forwardsSchema = z
	.object({
		address: z.array(z.object({ url: webAddress, events: textList() })).optional(),
	})
	.optional();

export function toForwards(value: z.output<typeof forwardsSchema>): ForwardOption[] {
	return (value?.address ?? []).map(({ url, events }) => ({
		address: url,
		events: new Set(events.includes(ALL_EVENTS) ? [] : events),
	}));
}

/** @throws FieldProblem if an address is none of the internet, and the credential allows no other */
export function requirePublic(
	forwards: readonly ForwardOption[],
	{ allowPrivateForwards }: { allowPrivateForwards: boolean },
): void {
	if (allowPrivateForwards) return;
	forwards.forEach(({ address }, index) => {
		const { protocol, hostname } = new URL(address);
		if (protocol === 'https:' && isPublicHost(hostname)) return;
		throw new FieldProblem(
			`Options › Forward Webhooks To › Address ${index + 1} › URL`,
			'is not an https address of the internet',
			'Correct it, or switch on Forward to Private Addresses in the credential.',
		);
	});
}
