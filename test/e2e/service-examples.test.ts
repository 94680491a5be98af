import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testAccount } from '../../scripts/host/test-account.ts';
import type { ChatMessage } from '../../simulator/chat-contract.ts';
import { until } from '../until';
import { AlertReceiver } from './alert-receiver';
import { launchBrowser, openPage, screenshot } from './browser';
import { wordsOf, type Customer } from './customer';
import { ExampleHost } from './example-host';
import { parametersOf } from './examples';

const startMs = 300_000;

let host: ExampleHost;
/** The only folder in which this n8n may write. */
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-files-'));
	host = await ExampleHost.start({ N8N_RESTRICT_FILE_ACCESS_TO: folder });
}, startMs);
afterAll(async () => {
	await host.stop();
	await rm(folder, { recursive: true, force: true });
});

/** The titles of a list's rows. */
function rowsOf({ body }: ChatMessage): string[] {
	const { interactive } = body as {
		interactive: { action: { sections: { rows: { title: string }[] }[] } };
	};
	return interactive.action.sections.flatMap(({ rows }) => rows.map(({ title }) => title));
}

test('preference centre: topics, STOP, and back again', async () => {
	const ana = await host.customer('15550204001', 'Ana');
	await host.during(['preference-centre'], async () => {
		await ana.writes('Topics');
		const first = await ana.hears('What would you like to hear about?');
		expect(rowsOf(first)).toEqual(['⬜ Offers', '⬜ New plants', '⬜ Workshops', 'Unsubscribe']);
		await ana.taps('⬜ Workshops');
		const second = await ana.hears('What would you like to hear about?');
		expect(rowsOf(second)).toEqual(['⬜ Offers', '⬜ New plants', '✅ Workshops', 'Unsubscribe']);

		await ana.writes('STOP');
		await ana.hears('You will get no more offers from us.');
		await ana.writes('preferences');
		const third = await ana.hears(/^You get no offers from us, since \d/);
		expect(rowsOf(third).slice(0, 3)).toEqual(['⬜ Offers', '⬜ New plants', '⬜ Workshops']);

		await ana.taps('⬜ Offers');
		const fourth = await ana.hears('What would you like to hear about?');
		expect(rowsOf(fourth).slice(0, 3)).toEqual(['✅ Offers', '⬜ New plants', '✅ Workshops']);
		await ana.taps('✅ Workshops');
		const fifth = await ana.hears('What would you like to hear about?');
		expect(rowsOf(fifth).slice(0, 3)).toEqual(['✅ Offers', '⬜ New plants', '⬜ Workshops']);

		await ana.taps('Unsubscribe');
		await ana.hears('You will get no more offers from us.');
		await ana.writes('Start');
		await ana.hears('Welcome back!');
	});
});

test('incoming files: stored under their names, noted down, thanked for', async () => {
	const ben = await host.customer('15550204002', 'Ben');
	const { fileName } = await parametersOf('incoming-files', 'Write to Disk');
	const changes = {
		'Write to Disk': { fileName: String(fileName).replace('/home/node/.n8n-files', folder) },
	};
	await host.during(['incoming-files', changes], async (workflow) => {
		const priceList = 'Price list (new).pdf';
		const about = { filename: priceList, caption: 'Is this still right?' };
		await ben.sendsFile('document', { name: priceList, type: 'application/pdf' }, about);
		await ben.hears('Thank you, we have your document.');
		const [row] = (await host.lastRun(workflow, 1))('Note It Down');
		expect(row).toMatchObject({
			name: 'Ben',
			type: 'document',
			caption: 'Is this still right?',
			file: expect.stringMatching(/\/\d{4}-\d\d-\d\d 15550204002 \w+ Price_list_new_.pdf$/),
		});
		expect(await readFile(String(row?.['file']), 'utf8')).toBe(priceList);

		const note = { name: 'note.ogg', type: 'audio/ogg; codecs=opus' };
		await ben.sendsFile('audio', note, { voice: true });
		await ben.hears('Thank you, we will listen to your message.');
		const [second] = (await host.lastRun(workflow, 2))('Note It Down');
		expect(second).toMatchObject({ type: 'voice note', file: expect.stringMatching(/\.ogg$/) });
		expect(await readFile(String(second?.['file']), 'utf8')).toBe(note.name);

		await ben.sends({ type: 'document', document: { id: '1', filename: 'gone.pdf' } });
		await ben.hears('We could not get your file.');
		expect(await readdir(folder)).toHaveLength(2);
	});
});

test('handover: to a person, by the app, and back', async () => {
	const clara = await host.customer('15550204003', 'Clara');
	const team = new AlertReceiver();
	await team.start();
	const changes = { 'Tell the Team': { url: team.url } };
	await host.during(['handover', changes], async (workflow) => {
		await clara.writes('Are you open?');
		await clara.hears('I am the bot');
		await clara.writes('I want to talk to a person, please');
		await clara.hears('A colleague will answer you here.');
		await until('the team is told', () => team.texts.length === 1);
		expect(team.texts).toEqual(['Clara asks for a person: I want to talk to a person, please']);

		const silent = async (text: string, runs: number) => {
			const before = await clara.read();
			await clara.writes(text);
			const itemsOf = await host.lastRun(workflow, runs);
			expect(itemsOf('Wants the Bot?')).toMatchObject([{ text, handoff: { kind: 'handoff' } }]);
			expect(await clara.read()).toEqual(before);
		};
		await silent('Is anybody there?', 3);
		await clara.writes('Bot');
		await clara.hears('The bot answers again.');
		await clara.writes('Are you open?');
		await clara.hears('I am the bot');

		await writeInApp(clara, 'Hello Clara, this is Tom.');
		await host.lastRun(workflow, 6);
		await silent('Hello Tom!', 7);
		await writeInApp(clara, '#bot');
		await clara.hears('The bot answers again.');
		await clara.writes('Thank you');
		await clara.hears('I am the bot');
	});
	const soonOver = { ends: 'at', until: "={{ $now.plus(2, 'seconds').toISO() }}" };
	await host.during(['handover', { ...changes, 'Call a Person': soonOver }], async (workflow) => {
		await clara.writes('A human, please');
		await clara.hears('A colleague will answer you here.');
		let runs = 1;
		await until('the bot answers again', async () => {
			await clara.writes('Are you open?');
			return (await host.lastRun(workflow, ++runs))('Answer as the Bot').length > 0;
		});
	});
	await team.stop();
});

let echoes = 0;

/** Somebody of the team writes to the customer in the WhatsApp Business app. */
async function writeInApp({ waId }: Customer, body: string): Promise<void> {
	const display_phone_number = '15550001111';
	await host.own.admin('POST', '/webhooks', {
		kind: 'other',
		field: 'smb_message_echoes',
		value: {
			messaging_product: 'whatsapp',
			metadata: { display_phone_number, phone_number_id: testAccount.phoneNumberId },
			message_echoes: [
				{
					from: display_phone_number,
					to: waId,
					id: `wamid.ECHO${++echoes}`,
					timestamp: String(Math.ceil(Date.now() / 1_000)),
					type: 'text',
					text: { body },
				},
			],
		},
	});
}

test('visits: the Flow is created, offered, answered and confirmed', async () => {
	const dana = await host.customer('15550204004', 'Dana');
	await host.during(['book-a-visit'], async (workflow) => {
		const [created] = (await host.run(workflow, 'Set Up Once'))('Create the Flow');
		expect(created).toMatchObject({ isPublished: true, validationErrors: [] });

		await dana.writes('Could you visit me?');
		const offer = await dana.hears('When shall we come');
		expect(offer.body).toMatchObject({
			interactive: {
				action: {
					parameters: {
						flow_name: 'visit_booking',
						flow_action_payload: {
							screen: 'VISIT',
							data: {
								first: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
								last: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
							},
						},
					},
				},
			},
		});
		const response_json = { day: '2027-01-12', time: '9:00', address: '4 Elm Street, Berlin' };
		await host.own.admin('POST', '/chat/messages', {
			phoneNumberId: testAccount.phoneNumberId,
			customer: dana.waId,
			contextId: offer.id,
			message: {
				type: 'interactive',
				interactive: { type: 'nfm_reply', nfm_reply: { response_json } },
			},
		});
		expect(wordsOf(await dana.hears('Thank you!'))).toContain(
			'We come on *Tuesday, 12 January* at *9:00* to 4 Elm Street, Berlin.',
		);
		const [row] = (await host.lastRun(workflow, 3))('Write It Down');
		expect(row).toMatchObject({ name: 'Dana', time: '9:00', address: '4 Elm Street, Berlin' });
	});
});

test('delivery page: shown to who knows the password, from a browser', async () => {
	const user = { user: 'team', password: 'Only-4-tests' };
	const login = await host.own.api.saveCredential('Delivery page', 'httpBasicAuth', user);
	await host.during(['delivery-page', {}, { credentials: [login] }], async () => {
		const url = `${host.own.baseUrl}/webhook/whatsapp-delivery?period=today`;
		expect((await fetch(url)).status).toBe(401);
		const browser = await launchBrowser();
		try {
			const page = await openPage(browser, { width: 1180, height: 900 });
			await page.context().setHTTPCredentials({ username: user.user, password: user.password });
			const answer = await page.goto(url);
			expect(answer?.headers()).toMatchObject({
				'content-type': expect.stringMatching(/^text\/html/),
				'cache-control': 'no-store',
			});
			await page.getByRole('heading', { name: 'WhatsApp delivery report' }).waitFor();
			await page.getByRole('heading', { name: 'How far they came' }).waitFor();
			await screenshot(page, 'delivery-page');
		} finally {
			await browser.close();
		}
	});
});
