import { consentFor } from '../../../nodes/WhatsAppCloud/contacts/consent';
import { handoffFor } from '../../../nodes/WhatsAppCloud/contacts/handoff';

const now = 1_800_000_000_000;

describe('who answers', () => {
	const nobody = { handoffs: {}, standby: {}, inbound: {} };
	const human = { active: true, until: null, by: 'Ann', reason: 'refund', at: now - 10 };

	test.each([
		['nobody', nobody, null],
		['a person, at all numbers', { ...nobody, handoffs: { '': human } }, 'handoff'],
		['a person, at this number', { ...nobody, handoffs: { n1: human } }, 'handoff'],
		['a person, at another number', { ...nobody, handoffs: { n2: human } }, null],
		[
			'a person whose time is over',
			{ ...nobody, handoffs: { n1: { ...human, until: now } } },
			null,
		],
		[
			'a person with time left',
			{ ...nobody, handoffs: { n1: { ...human, until: now + 1 } } },
			'handoff',
		],
		[
			'a person at all numbers, returned here since',
			{ ...nobody, handoffs: { '': human, n1: { ...human, active: false, at: now - 5 } } },
			null,
		],
		[
			'another app',
			{
				...nobody,
				standby: { n1: { active: true, until: now + 1, by: 'ai_agent', at: now - 10 } },
			},
			'standby',
		],
		[
			'another app that has been idle',
			{ ...nobody, standby: { n1: { active: true, until: now, by: null, at: now - 10 } } },
			null,
		],
		[
			'another app until the last message, which came here',
			{
				...nobody,
				standby: { n1: { active: true, until: now + 1, by: null, at: now - 10 } },
				inbound: { n1: { messageId: 'm', at: now - 9 } },
			},
			null,
		],
		[
			'another app, whose message is the last one',
			{
				...nobody,
				handoffs: { n1: human },
				standby: { n1: { active: true, until: now + 1, by: null, at: now - 10 } },
				inbound: { n1: { messageId: 'm', at: now - 10 } },
			},
			'standby',
		],
	])('%s', (_, contact, kind) => {
		expect(handoffFor(contact, 'n1', now)?.kind ?? null).toBe(kind);
	});

	test('somebody unknown is answered by nobody else', () => {
		expect(handoffFor(null, 'n1', now)).toBeNull();
	});
});

describe('consent', () => {
	const consent = (granted: boolean, at: number) => ({ granted, source: 'form', note: null, at });
	const preference = (optedOut: boolean, at: number) => ({ marketing_messages: { optedOut, at } });

	test.each([
		['nothing', {}, {}, 'marketing', 'unknown'],
		['a form', { marketing: consent(true, 1) }, {}, 'marketing', 'granted'],
		[
			'a form, then WhatsApp',
			{ marketing: consent(true, 1) },
			preference(true, 2),
			'marketing',
			'withdrawn',
		],
		[
			'WhatsApp, then a form',
			{ marketing: consent(true, 3) },
			preference(true, 2),
			'marketing',
			'granted',
		],
		[
			'both at once',
			{ marketing: consent(true, 2) },
			preference(true, 2),
			'marketing',
			'withdrawn',
		],
		['WhatsApp, for service', {}, preference(true, 2), 'service', 'unknown'],
		['everything', { all: consent(false, 2) }, {}, 'utility', 'withdrawn'],
		[
			'everything, but later this',
			{ all: consent(false, 2), utility: consent(true, 3) },
			{},
			'utility',
			'granted',
		],
	] as const)('%s', (_, consents, preferences, category, state) => {
		expect(consentFor({ consents, preferences }, category).state).toBe(state);
	});

	test('somebody unknown was never asked', () => {
		expect(consentFor(null, 'marketing')).toEqual({ state: 'unknown', at: null, source: null });
	});
});
