import type { FactUpdate } from '../../../../nodes/WhatsAppCloud/store/contacts/contactStore';
import { accepted, ids, onlyJson } from '../account';
import { dayMs, hourMs, marketing, onBothEngines, utility } from './rulesSetup';

type Fact = FactUpdate & { agoMs?: number };

const phoneNumberId = ids.phoneNumber;
const wrote = (agoMs: number, at: string = phoneNumberId): Fact => ({
	fact: 'inbound',
	phoneNumberId: at,
	messageId: 'wamid.in',
	agoMs,
});
const came = (agoMs: number): Fact => ({ fact: 'entryPoint', phoneNumberId, source: 'ad', agoMs });
const consent = (category: string, granted: boolean, agoMs = dayMs): Fact => ({
	fact: 'consent',
	category,
	granted,
	source: 'form',
	note: null,
	agoMs,
});
const stopped = (optedOut: boolean, agoMs = dayMs): Fact => ({
	fact: 'preference',
	category: 'marketing_messages',
	optedOut,
	agoMs,
});
const handoff = (active: boolean, changes: object = {}): Fact => ({
	fact: 'handoff',
	phoneNumberId: null,
	active,
	until: null,
	by: 'Grace',
	reason: null,
	...changes,
});
const standby: Fact = { fact: 'standby', phoneNumberId, active: true, until: null, by: null };

const rules = (contactRules: Record<string, unknown>) => ({ contactRules });
const cap = (changes: Record<string, unknown> = {}) =>
	rules({
		cap: { cap: { messages: 2, period: 7, unit: 'days', appliesTo: 'marketing', ...changes } },
	});

/** Quiet hours around the present time, or away from it, in the time zone of Germany. */
const quiet = (isNow: boolean, changes: Record<string, unknown> = {}) => {
	const at = (ms: number): string =>
		new Intl.DateTimeFormat('en-GB', {
			timeZone: 'Europe/Berlin',
			hour: '2-digit',
			minute: '2-digit',
		}).format(Date.now() + ms);
	const [from, to] = isNow ? [at(-2 * hourMs), at(2 * hourMs)] : [at(2 * hourMs), at(4 * hourMs)];
	return rules({ quietHours: { hours: { from, to, ...changes } } });
};

/** A message that the person got. */
interface Got {
	category: string;
	agoMs: number;
	isRead?: boolean;
	isDelivered?: boolean;
}
const gotMarketing = (agoMs: number, changes: Partial<Got> = {}): Got => ({
	category: 'marketing',
	agoMs,
	...changes,
});
const fiveUnread = [1, 2, 3, 4, 5].map((days) => gotMarketing(days * dayMs));

/** What is known, what the person got, what is sent, in which credential, and the rule; null: sent. */
type Case = [
	name: string,
	known: Fact[],
	parameters: Record<string, unknown>,
	rule: string | null,
	got?: Got[],
	credential?: Record<string, unknown>,
];

const openNow = wrote(hourMs);

const cases: Case[] = [
	['a text in the window', [openNow], {}, null],
	['a text after the window', [wrote(25 * hourMs)], {}, 'window'],
	['a text to a stranger', [], {}, 'window'],
	['a text after the window of another number', [wrote(hourMs, 'other')], {}, 'window'],
	['a text two days after an ad', [wrote(48 * hourMs), came(48 * hourMs)], {}, null],
	['a text, tried anyway', [], rules({ ifClosed: 'try' }), null],
	['a text, tried by the credential', [], {}, null, [], { rulesIfClosed: 'try' }],
	['a template to a stranger', [], utility, null],
	['an option that needs no window', [], { options: { outsideWindow: { settings: {} } } }, null],

	['marketing to a stranger', [], marketing, null],
	['marketing after an opt-out', [consent('marketing', false)], marketing, 'consent'],
	['marketing after an opt-out in WhatsApp', [stopped(true)], marketing, 'consent'],
	[
		'marketing after it was taken back',
		[stopped(true, 2 * dayMs), stopped(false)],
		marketing,
		null,
	],
	[
		'marketing after a later opt-in',
		[stopped(true, 2 * dayMs), consent('marketing', true)],
		marketing,
		null,
	],
	['marketing after an opt-out of everything', [consent('all', false)], marketing, 'consent'],
	['utility after an opt-out of marketing', [consent('marketing', false)], utility, null],
	['utility after an opt-out of utility', [consent('utility', false)], utility, 'consent'],
	['utility after an opt-out of everything', [consent('all', false)], utility, 'consent'],
	[
		'utility after an opt-out, by choice',
		[consent('marketing', false)],
		{ ...utility, ...rules({ notForOptedOut: ['utility'] }) },
		'consent',
	],
	[
		'utility after an opt-out, by choice, agreed to later',
		[consent('marketing', false), consent('utility', true, hourMs)],
		{ ...utility, ...rules({ notForOptedOut: ['utility'] }) },
		null,
	],
	[
		'a text after an opt-out, by choice',
		[consent('marketing', false), openNow],
		rules({ notForOptedOut: ['service'] }),
		'consent',
	],
	['a text after an opt-out', [consent('marketing', false), openNow], {}, null],
	[
		'marketing without an opt-in, where it is demanded',
		[],
		{ ...marketing, ...rules({ marketingConsent: 'optedIn' }) },
		'consent',
	],
	[
		'marketing without an opt-in, where the credential demands it',
		[],
		marketing,
		'consent',
		[],
		{ rulesMarketingConsent: 'optedIn' },
	],
	[
		'marketing with an opt-in, where it is demanded',
		[consent('marketing', true)],
		{ ...marketing, ...rules({ marketingConsent: 'optedIn' }) },
		null,
	],

	['a text during a takeover', [openNow, handoff(true)], {}, 'handoff'],
	['marketing during a takeover', [handoff(true)], marketing, 'handoff'],
	['utility during a takeover', [handoff(true)], utility, null],
	['a text after a takeover', [openNow, handoff(false)], {}, null],
	['a text after the end of a takeover', [openNow, handoff(true, { until: 1 })], {}, null],
	[
		'a text of the person who took over',
		[openNow, handoff(true)],
		rules({ ifTakenOver: 'send' }),
		null,
	],
	['a text in standby', [openNow, standby], {}, 'standby'],
	['a text in standby, forced', [openNow, standby], rules({ ifTakenOver: 'send' }), null],

	['marketing in quiet hours', [], { ...marketing, ...quiet(true) }, 'quietHours'],
	['marketing outside of quiet hours', [], { ...marketing, ...quiet(false) }, null],
	['utility in quiet hours', [], { ...utility, ...quiet(true) }, null],
	[
		'utility in quiet hours of all messages',
		[],
		{ ...utility, ...quiet(true, { appliesTo: 'all' }) },
		'quietHours',
	],
	[
		'marketing in quiet hours of another time zone',
		[],
		{ ...marketing, ...quiet(true, { timeZone: 'Pacific/Auckland' }) },
		null,
	],

	['marketing below the cap', [], { ...marketing, ...cap() }, null, [gotMarketing(dayMs)]],
	[
		'marketing at the cap',
		[],
		{ ...marketing, ...cap() },
		'cap',
		[gotMarketing(dayMs), gotMarketing(2 * dayMs)],
	],
	[
		'marketing after the period',
		[],
		{ ...marketing, ...cap() },
		null,
		[gotMarketing(dayMs), gotMarketing(8 * dayMs)],
	],
	[
		'marketing after other messages',
		[],
		{ ...marketing, ...cap() },
		null,
		[gotMarketing(dayMs), { category: 'utility', agoMs: dayMs }],
	],
	[
		'marketing at the cap of all',
		[],
		{ ...marketing, ...cap({ appliesTo: 'all' }) },
		'cap',
		[gotMarketing(dayMs), { category: 'utility', agoMs: dayMs }],
	],
	[
		'utility at the cap of marketing',
		[],
		{ ...utility, ...cap() },
		null,
		[gotMarketing(dayMs), gotMarketing(dayMs)],
	],
	[
		'marketing at the cap of the credential',
		[],
		marketing,
		'cap',
		[gotMarketing(dayMs)],
		{ rulesMarketingCap: 1 },
	],

	['marketing to who reads nothing, not asked', [], marketing, null, fiveUnread],
	[
		'marketing to who reads nothing',
		[],
		{ ...marketing, ...rules({ unread: 5 }) },
		'engagement',
		fiveUnread,
	],
	[
		'marketing to who got fewer',
		[],
		{ ...marketing, ...rules({ unread: 5 }) },
		null,
		fiveUnread.slice(1),
	],
	[
		'marketing to who read one of them',
		[],
		{ ...marketing, ...rules({ unread: 5 }) },
		null,
		[...fiveUnread.slice(1), gotMarketing(hourMs, { isRead: true })],
	],
	[
		'marketing to whom they did not get',
		[],
		{ ...marketing, ...rules({ unread: 5 }) },
		null,
		[...fiveUnread.slice(1), gotMarketing(hourMs, { isDelivered: false })],
	],
	[
		'marketing to who has written since',
		[wrote(hourMs)],
		{ ...marketing, ...rules({ unread: 5 }) },
		null,
		fiveUnread,
	],
	['utility to who reads nothing', [], { ...utility, ...rules({ unread: 5 }) }, null, fiveUnread],
];

onBothEngines((setup) => {
	test.each(cases)('%s', async (_, known, parameters, rule, got = [], credential = {}) => {
		const person = setup.stranger();
		await setup.know(person, ...known);
		for (const message of got) await setup.got(person, message);
		const item = onlyJson(await setup.send(person, parameters, credential));
		const sent = (await accepted(setup.simulator)).map(({ recipient }) => recipient);
		if (rule === null) {
			expect(item).toMatchObject({ outcome: 'sent', messageId: expect.any(String) });
			expect(item).not.toHaveProperty('blocked');
			expect(sent).toEqual([person.slice(1)]);
			return;
		}
		expect(item).toMatchObject({
			outcome: 'blocked',
			messageId: null,
			recipient: { input: person },
			blocked: { rule, reason: expect.any(String), advice: expect.any(String) },
		});
		expect(item).not.toHaveProperty('error');
		expect(sent).toEqual([]);
	});
});
