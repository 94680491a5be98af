import {
	checkForwards,
	tallyForwards,
	type ForwardTally,
} from '../../../../nodes/WhatsAppCloud/trigger/diagnosis/forwards';

const at = (day: string): number => Date.parse(`2026-11-${day}T08:00:00Z`);
const address = 'https://chat.example.com:8443/hook?token=secret';
const host = 'chat.example.com:8443';
const waiting = { address, waiting: 3, oldestAt: at('25'), problem: null };
const row = (what: string, count: number, day: string, of = host) => ({
	name: `webhook:forwards:${what}:${of}`,
	count,
	lastAt: at(day),
});
const tallies = (...rows: ReturnType<typeof row>[]): ForwardTally[] => tallyForwards(rows);

test('nothing is said where nothing is forwarded', () => {
	expect(checkForwards({ forwards: [], forwarded: [] })).toEqual([]);
	expect(tallyForwards([{ name: 'webhook:received', count: 2, lastAt: at('25') }])).toEqual([]);
});

test('the counters are told by host, with its port', () => {
	const rows = [
		row('delivered', 7, '25'),
		row('dropped', 1, '24'),
		row('failed', 2, '24'),
		row('failed', 1, '23', '[2001:db8::1]:8443'),
	];
	expect(tallyForwards(rows)).toEqual([
		{
			host,
			delivered: 7,
			failed: 2,
			dropped: 1,
			lastDeliveredAt: '2026-11-25T08:00:00.000Z',
			lastDroppedAt: '2026-11-24T08:00:00.000Z',
		},
		expect.objectContaining({ host: '[2001:db8::1]:8443', delivered: 0, failed: 1 }),
	]);
});

test('what waits for its first attempt is no problem', () => {
	const [check] = checkForwards({
		forwards: [waiting],
		forwarded: tallies(row('delivered', 7, '24')),
	});
	expect(check).toEqual({
		check: `Webhooks are forwarded to ${host}`,
		ok: true,
		finding: 'delivered: 7; waiting: 3, the oldest since 2026-11-25T08:00:00.000Z',
		advice: '',
	});
});

test('what an address does not take is a problem, with the reason and without the secret in the address', () => {
	const problem = `${host} answered with HTTP 503`;
	const other = { ...waiting, address: 'https://old.example.com/', waiting: 1 };
	const checks = checkForwards({
		forwards: [{ ...waiting, problem }, other],
		forwarded: tallies(row('failed', 4, '25')),
	});
	expect(checks).toMatchObject([
		{ ok: false, finding: expect.stringContaining(`(${problem})`) },
		{ check: 'Webhooks are forwarded to old.example.com', ok: true },
	]);
	expect(checks[0]?.finding).toContain('failed attempts: 4');
	expect(checks[0]?.advice).toContain('Options › Forward Webhooks To');
	expect(JSON.stringify(checks)).not.toContain('secret');
});

test('what was given up is a problem until the address takes something again', () => {
	const dropped = row('dropped', 2, '24');
	expect(checkForwards({ forwards: [], forwarded: tallies(dropped) })).toMatchObject([
		{
			ok: false,
			finding: expect.stringContaining('given up: 2, the last at 2026-11-24'),
		},
	]);
	const forwarded = tallies(dropped, row('delivered', 1, '25'));
	expect(checkForwards({ forwards: [], forwarded })).toMatchObject([{ ok: true }]);
});
