import type { Counter } from '../../../../nodes/WhatsAppCloud/trigger/diagnosis/check';
import { checkLosses } from '../../../../nodes/WhatsAppCloud/trigger/diagnosis/losses';

const now = Date.parse('2026-11-26T10:00:00Z');
const counter = (listenerId: string, lastAt: string, about: Partial<Counter> = {}): Counter => ({
	listenerId,
	lastAt: `2026-11-${lastAt}T08:00:00.000Z`,
	count: 2,
	reason: '',
	...about,
});
const none = { expired: [], filtered: [], missed: [], started: [], now };

test('nothing is said where nothing was lost', () => {
	expect(checkLosses(none)).toEqual([]);
});

test('triggers that miss webhooks since the app secret was changed are named', () => {
	const missed = [counter('w:n', '25', { count: 1, reason: '"In" of workflow w' })];
	expect(checkLosses({ ...none, missed })).toEqual([
		{
			check: 'Triggers know the app secret',
			ok: false,
			finding:
				'It was changed, and these get nothing: "In" of workflow w, since 2026-11-25T08:00:00.000Z',
			advice: expect.stringContaining('publish them again'),
		},
	]);
});

test('what waited for a week is a problem until each of its triggers starts something again', () => {
	const expired = [counter('a', '24'), counter('b', '25')];
	const check = 'What waits starts in time';
	expect(checkLosses({ ...none, expired, started: [counter('a', '25')] })).toMatchObject([
		{ check, ok: false, finding: expect.stringMatching(/^4 dropped .*11-25T08.* for a, b$/) },
	]);
	const started = [counter('a', '25'), counter('b', '26')];
	expect(checkLosses({ ...none, expired, started })).toMatchObject([{ check, ok: true }]);
});
