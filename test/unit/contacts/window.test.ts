import { windowFor, type WindowNow } from '../../../nodes/WhatsAppCloud/contacts/window';

const hourMs = 3_600_000;
const now = Date.UTC(2026, 10, 26, 12);
const ago = (hours: number): number => now - hours * hourMs;

const number = '300000000000001';

interface Known {
	wrote?: number;
	came?: number;
	refused?: number;
	/** At which number; the asked one unless told otherwise. */
	at?: string;
}

const windowOf = ({ wrote, came, refused, at = number }: Known, about: Partial<WindowNow> = {}) => {
	const facts = {
		inbound: wrote === undefined ? {} : { [at]: { messageId: 'wamid.1', at: ago(wrote) } },
		entryPoints: came === undefined ? {} : { [at]: { source: 'ad', at: ago(came) } },
		closedWindows: refused === undefined ? {} : { [at]: { at: ago(refused) } },
	};
	return windowFor(facts, number, { listeningSince: ago(1_000), now, ...about });
};

test.each<[string, Known, Partial<WindowNow>, string, number | null]>([
	['a message of this minute', { wrote: 0 }, {}, 'open', -24],
	['a message of almost a day ago', { wrote: 23.9 }, {}, 'open', -0.1],
	['a message of a day ago', { wrote: 24 }, {}, 'closed', 0],
	['a message to another number', { wrote: 1, at: '300000000000002' }, {}, 'closed', null],
	['nothing at all', {}, {}, 'closed', null],
	['nothing at all, and no trigger', {}, { listeningSince: null }, 'unknown', null],
	['nothing at all, and a young state', {}, { listeningSince: ago(23) }, 'unknown', null],
	['an old message, and no trigger', { wrote: 30 }, { listeningSince: null }, 'unknown', null],
	['a new message, and no trigger', { wrote: 3 }, { listeningSince: null }, 'open', -21],
	['an ad of two days ago', { wrote: 50, came: 50 }, {}, 'open', -22],
	['an ad of three days ago', { wrote: 73, came: 73 }, {}, 'unknown', null],
	['an ad of four days ago', { wrote: 97, came: 97 }, {}, 'closed', 25],
	['a message after the ad', { wrote: 2, came: 60 }, {}, 'open', -22],
	['Meta said so', { refused: 5 }, { listeningSince: null }, 'closed', null],
	['Meta said so, before the last message', { refused: 5, wrote: 4 }, {}, 'open', -20],
	['Meta said so, after the last message', { refused: 5, wrote: 26 }, {}, 'closed', 2],
	['Meta said so within an entry point', { refused: 1, wrote: 30, came: 30 }, {}, 'closed', null],
	['a status that came late', { refused: 0, wrote: 0.1 }, {}, 'open', -23.9],
	['a message from the future', { wrote: -5 }, {}, 'unknown', null],
	['a message of seconds ahead', { wrote: -0.01 }, {}, 'open', -24.01],
	['a jumped clock opens nothing', { wrote: 1 }, { hasJumped: true }, 'unknown', null],
	['a jumped clock closes nothing', { wrote: 30 }, { hasJumped: true }, 'unknown', null],
	['a refusal from the future', { refused: -5 }, { listeningSince: null }, 'unknown', null],
])('%s', (_, known, about, state, endedHoursAgo) => {
	const until = endedHoursAgo === null ? null : Math.round(ago(endedHoursAgo));
	const found = windowOf(known, about);
	expect({ ...found, until: found.until === null ? null : Math.round(found.until) }).toMatchObject({
		state,
		until,
	});
});

test('a stranger', () => {
	const about = { listeningSince: ago(25), now };
	expect(windowFor(null, number, about)).toEqual({
		state: 'closed',
		until: null,
		isFreeEntry: false,
	});
	expect(windowFor(null, number, { ...about, listeningSince: null }).state).toBe('unknown');
});

test.each([
	[{ wrote: 1, came: 1 }, true],
	[{ wrote: 50, came: 50 }, true],
	[{ wrote: 1 }, false],
	[{ wrote: 1, came: 80 }, false],
])('free entry of %o: %s', (known, isFreeEntry) => {
	expect(windowOf(known)).toMatchObject({ state: 'open', isFreeEntry });
});
