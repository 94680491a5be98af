import type { FactUpdate } from '../../../../nodes/WhatsAppCloud/store/contacts/contactStore';
import { openStore } from '../../../../nodes/WhatsAppCloud/store/open';
import type { OutboxMessage } from '../../../../nodes/WhatsAppCloud/store/outbox/outboxEntry';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { listenerGroup } from '../../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import { postgresFields } from '../../../postgres';
import { usedDatabase } from '../../../usedDatabase';
import { loadTemplates, templateFixture } from '../../../fixtures/templateFixtures';
import { useEngine, useSimulator, type Engine, type Simulator } from '../../harness';
import { UserFolder } from '../../trigger/store';
import { appSecret, credentials, ids, withoutStatuses } from '../account';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Where a file's tests keep their state, and how they look into it. */
export interface RulesSetup {
	readonly engine: Engine;
	readonly simulator: Simulator;
	readonly store: Store;
	/** The credential's part about the state. */
	readonly state: Record<string, unknown>;
	/** Somebody nobody has heard of. */
	stranger(): string;
	/** Records facts about a person, each so long ago. */
	know(person: string, ...facts: (FactUpdate & { agoMs?: number })[]): Promise<void>;
	/** Records a message that the person got. */
	got(person: string, message: GotMessage): Promise<void>;
	/** Runs the node with a text, or with other parameters. */
	send(
		person: string,
		parameters?: Record<string, unknown>,
		changes?: Record<string, unknown>,
	): ReturnType<Engine['runNode']>;
}

interface GotMessage {
	category: string;
	agoMs: number;
	isRead?: boolean;
	isDelivered?: boolean;
}

/** A template of the category Marketing without values. */
export const news = {
	...templateFixture('opening_hours'),
	id: '410000000009001',
	name: 'spring_news',
	category: 'MARKETING',
};

/** Runs the tests of the rules on both engines. */
export function onBothEngines(tests: (setup: RulesSetup) => void): void {
	describe('SQLite', () => tests(setupOn('sqlite')));
	describe('PostgreSQL', () => tests(setupOn('postgres')));
}

function setupOn(kind: 'sqlite' | 'postgres'): RulesSetup {
	const folder = new UserFolder();
	const simulator = useSimulator(withoutStatuses);
	const engine = useEngine({ N8N_USER_FOLDER: folder.path });
	const database = kind === 'postgres' ? usedDatabase() : undefined;
	let store: Store | undefined;
	let people = 0;

	const opened = (): Store => {
		if (store === undefined) throw new Error('The state is open only while the tests run');
		return store;
	};
	const state = (): Record<string, unknown> =>
		database === undefined ? {} : postgresFields(database().connection);

	beforeAll(async () => {
		store =
			database === undefined
				? await folder.openStore()
				: await openStore({ engine: 'postgres', ...database().connection, tls: 'off' });
		const now = Date.now();
		await opened().listeners.register(
			{
				listenerId: 'workflow:trigger',
				accountKey: listenerGroup(appSecret),
				workflowId: 'workflow',
				nodeId: 'trigger',
				nodeName: 'Trigger',
				isTest: false,
				address: 'http://127.0.0.1:1/webhook',
				owner: 'trigger',
				leaseUntil: null,
				details: JSON.stringify({ scope: 'app', interests: null }),
			},
			now - 2 * dayMs,
		);
	}, 120_000);
	beforeEach(
		async () => await loadTemplates(simulator.url, [templateFixture('opening_hours'), news]),
	);
	afterAll(async () => {
		if (kind === 'postgres') await store?.close();
		await folder.remove();
	});

	return {
		engine,
		simulator,
		get store() {
			return opened();
		},
		get state() {
			return state();
		},
		stranger: () => `+49171${String(1_000_000 + ++people)}`,
		async know(person, ...facts) {
			const now = Date.now();
			await opened().contacts.record(
				facts.map(({ agoMs = 0, ...fact }) => ({
					...fact,
					accountKey: ids.businessAccount,
					contactKey: person,
					at: now - agoMs,
				})),
				now,
			);
		},
		async got(person, { category, agoMs, isRead = false, isDelivered = true }) {
			const at = Date.now() - agoMs;
			const operationId = `got ${++people}`;
			const owner = 'before';
			const messageId = `wamid.got${people}`;
			const message: OutboxMessage = {
				operationId,
				accountKey: ids.businessAccount,
				workflowId: 'w',
				executionId: 'e',
				nodeId: 'n',
				nodeName: 'Send',
				runIndex: 0,
				itemIndex: 0,
				part: 0,
				fingerprint: operationId,
				payloadHash: 'p',
				phoneNumberId: ids.phoneNumber,
				recipientKey: person,
				campaign: null,
				category,
				body: null,
				expiresAt: 0,
			};
			await opened().outbox.enqueue([message], { owner, leaseMs: 10_000 }, at, { start: true });
			await opened().outbox.complete([{ operationId, owner, state: 'sent', messageId }], at);
			const statuses = isRead ? ['read'] : isDelivered ? ['delivered'] : [];
			await opened().statuses.record(
				statuses.map((status) => ({
					accountKey: ids.businessAccount,
					messageId,
					status,
					at,
					operationId: null,
					phoneNumberId: null,
					recipientKey: null,
					errorCode: null,
					errorTitle: null,
					pricing: null,
				})),
				at,
			);
		},
		send: async (person, parameters = {}, changes = {}) =>
			await engine.runNode({
				node: 'whatsAppCloud',
				parameters: { recipient: person, text: 'Hello', ...parameters },
				credentials: credentials(simulator.url, { ...state(), ...changes }),
				onError: 'continueRegularOutput',
			}),
	};
}

/** The parameters of a template without values, as By Name takes it. */
export const templateNamed = (name: string): Record<string, unknown> => ({
	operation: 'sendTemplate',
	template: { __rl: true, mode: 'name', value: `${name}:en_US` },
	componentsInput: 'json',
	componentsJson: '[]',
});

export const marketing = templateNamed('spring_news');
export const utility = templateNamed('opening_hours');
