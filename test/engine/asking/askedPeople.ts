import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import type {
	JsonObject,
	JsonValue,
} from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import { accountKeyOf } from '../../../nodes/WhatsAppCloud/graph/identifiers';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { unseal } from '../../../nodes/WhatsAppCloud/store/sealedText';
import { listenerGroup } from '../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import { listenerFor } from '../../../nodes/WhatsAppCloud/trigger/listeners/ownListener';
import type { ResumeResult, RunNodeResult } from '../../../scripts/engine/result';
import { messagesWebhook } from '../../unit/events/fixture';
import { until } from '../../until';
import { accepted, appSecret, credential, credentials, ids } from '../node/account';
import { keepState, type KeptState } from '../node/keptState';
import { receiveWebhook, type Received } from '../trigger/receiveWebhook';

const account = parseAccount(credential('http://127.0.0.1:1'));
const group = listenerGroup(appSecret);

/** A message that the simulator has accepted. */
type Sent = Awaited<ReturnType<typeof accepted>>[number];

/** What an answer to a call shows besides the outputs. */
export type Called = ResumeResult & { executionId: string };

/** People with the chat open, and the trigger's part: what it keeps, and whom it calls. */
export class AskedPeople {
	readonly state: KeptState = keepState();
	private storage: Store | undefined;
	private messages = 0;
	private executions = 0;
	private persons = 0;
	private readonly gone: Called[] = [];

	get store(): Store {
		if (this.storage === undefined) throw new Error('The state is open only while tests run');
		return this.storage;
	}

	/**
	 * Opens the state; a trigger of the app is published in it unless the test says otherwise.
	 *
	 * @param parameters the trigger's
	 */
	async open({
		isPublished = true,
		parameters = {},
	}: { isPublished?: boolean; parameters?: Record<string, unknown> } = {}): Promise<void> {
		this.storage ??= await this.state.folder.openStore();
		if (isPublished) await this.store.listeners.register(trigger(parameters), Date.now());
		else await this.store.listeners.remove([trigger().listenerId]);
	}

	/** Somebody whom nobody has asked. */
	somebody(): string {
		return `+4915123${String(++this.persons).padStart(6, '0')}`;
	}

	/** Asks; the execution waits afterwards. */
	async ask(
		parameters: Record<string, unknown>,
		request: Partial<Parameters<KeptState['engine']['runNode']>[0]> = {},
	): Promise<RunNodeResult & { executionId: string }> {
		const executionId = request.executionId ?? `${Date.now()}${++this.executions}`;
		const result = await this.state.engine.runNode({
			node: 'whatsAppCloud',
			parameters: { operation: 'sendAndWait', ...parameters },
			credentials: credentials(this.state.simulator.url),
			...request,
			executionId,
		});
		return { ...result, executionId };
	}

	/** The messages that a person has got, oldest first. */
	async chatOf(person: string): Promise<Sent[]> {
		const all = await accepted(this.state.simulator);
		return all.filter(({ recipient }) => recipient.replace(/\D/g, '') === digits(person));
	}

	/** What a person reads, oldest first. */
	async textsOf(person: string): Promise<string[]> {
		return (await this.chatOf(person)).map(({ body }) => textOf(body));
	}

	/** A file at Meta that somebody can send. */
	async incomingFile(content: Buffer, mimeType: string): Promise<{ id: string }> {
		const form = new FormData();
		form.append('file', new Blob([new Uint8Array(content)], { type: mimeType }), 'file');
		const url = `${this.state.simulator.url}/_simulator/chat/media`;
		const response = await fetch(url, { method: 'POST', body: form });
		return (await response.json()) as { id: string };
	}

	/** Taps a button or row of the last message that has one with this title. */
	async tap(person: string, title: string): Promise<void> {
		const chat = await this.chatOf(person);
		const found = chat.flatMap(({ body, id }) =>
			targetsOf(body)
				.filter((target) => target.title === title)
				.map((target) => ({ ...target, id, replyId: target.id })),
		);
		const last = found.at(-1);
		if (last === undefined) throw new Error(`Nobody can tap "${title}"`);
		await this.tapId(person, last.replyId, title, last.id);
	}

	/** Sends a tap with this ID, whether or not there is such a button. */
	async tapId(person: string, id: string, title = 'x', contextId = 'wamid.x'): Promise<void> {
		await this.say(person, {
			type: 'interactive',
			context: { from: '15550001111', id: contextId },
			interactive: { type: 'button_reply', button_reply: { id, title } },
		});
	}

	/**
	 * Sends a text, or a message of another type.
	 *
	 * @param person a number with `+`, or a user ID
	 * @param options.userId if Meta sends both
	 * @returns the webhook and what became of it
	 */
	async say(
		person: string,
		message: string | JsonObject,
		{ at = Date.now(), userId }: { at?: number; userId?: string } = {},
	): Promise<{ webhook: JsonValue; received: Received }> {
		const content =
			typeof message === 'string' ? { type: 'text', text: { body: message } } : message;
		const isNumber = person.startsWith('+');
		const id = isNumber ? userId : person;
		const waId = digits(person);
		const contact = {
			...(isNumber ? { wa_id: waId } : {}),
			...(id === undefined ? {} : { user_id: id }),
		};
		const webhook = messagesWebhook({
			metadata: { display_phone_number: '15550001111', phone_number_id: ids.phoneNumber },
			contacts: [{ ...contact, profile: { name: `Name of ${waId}` } }],
			messages: [
				{
					id: `wamid.in.${++this.messages}.${Math.random()}`,
					...(isNumber ? { from: waId } : {}),
					...(id === undefined ? {} : { from_user_id: id }),
					timestamp: String(Math.floor(at / 1_000)),
					...content,
				},
			],
		});
		return { webhook, received: await this.deliver(webhook) };
	}

	/** What Meta delivers, also once more. */
	async deliver(webhook: JsonValue): Promise<Received> {
		return await receiveWebhook(
			normalise(webhook).map((event) => ({ ...event, businessAccountId: ids.businessAccount })),
			{ store: this.store, account, group, ownId: trigger().listenerId, now: Date.now() },
		);
	}

	/** Calls the executions that are due, as the trigger's loop does. */
	async call(now = Date.now()): Promise<Called[]> {
		const due = await this.store.questions.take({ appKey: group, leaseMs: 0, limit: 100 }, now);
		const called: Called[] = [];
		for (const { waitId, resumeUrl } of due) {
			const url = unseal(resumeUrl, appSecret) ?? '';
			const executionId = new URL(url).pathname.split('/').at(-2) ?? '';
			const result = await this.state.engine.resumeNode({ executionId, url });
			called.push({ ...result, executionId });
			// n8n has it; the loop learns that when it calls once more.
			if (result.answer === 'taken') await this.store.questions.end(waitId, now);
		}
		return called;
	}

	/** The waits that are due at this time. */
	async due(now: number): Promise<unknown[]> {
		return await this.store.questions.take({ appKey: group, leaseMs: 0, limit: 100 }, now);
	}

	/** Cancels what somebody is asked. */
	async cancel(person: string): Promise<void> {
		const accountKey = accountKeyOf(account);
		const open = await this.store.questions.openFor(accountKey, [person]);
		const questionIds = open.map(({ questionId }) => questionId);
		await this.store.questions.cancel(accountKey, questionIds, Date.now());
	}

	/** Calls what is due, as time goes by, until an execution answers this. */
	async callUntil(answer: string): Promise<Called> {
		return await until(`an execution answers ${answer}`, async () =>
			(await this.call()).find((called) => called.answer === answer),
		);
	}

	/** Calls what is due, as time goes by, until this execution has gone on. */
	async callUntilTaken({ executionId }: { executionId: string }): Promise<Called> {
		return await until(`execution ${executionId} goes on`, async () => {
			for (const called of await this.call()) this.gone.push(called);
			return this.gone.find(
				(called) => called.executionId === executionId && called.answer === 'taken',
			);
		});
	}

	/** Calls the only execution that is due. */
	async callOne(now = Date.now()): Promise<Called> {
		const called = await this.call(now);
		const [only] = called;
		if (called.length !== 1 || only === undefined) throw new Error(`${called.length} are due`);
		return only;
	}
}

const digits = (person: string): string => person.replace(/\D/g, '');

const trigger = (parameters: Record<string, unknown> = {}) =>
	listenerFor({
		listenerId: 'trigger',
		group,
		workflow: { id: 'receiving', name: 'Receiving' },
		node: { id: 'trigger', name: 'Trigger', parameters: {} },
		url: 'https://n8n.example.com/webhook/trigger',
		isTest: false,
		scope: { scope: 'app', businessAccountId: '', phoneNumberId: '' },
		parameters: { timeZone: 'UTC', events: ['message'], ...parameters },
		account,
		now: Date.now(),
	});

interface Interactive {
	body?: { text: string };
	action?: {
		buttons?: { reply: { id: string; title: string } }[];
		sections?: { rows: { id: string; title: string }[] }[];
	};
}

/** What a person reads in a message. */
function textOf(body: Record<string, unknown>): string {
	const { text, interactive } = body as { text?: { body: string }; interactive?: Interactive };
	return text?.body ?? interactive?.body?.text ?? '';
}

/** What can be tapped in a message. */
export function targetsOf(body: Record<string, unknown>): { id: string; title: string }[] {
	const { interactive } = body as { interactive?: Interactive };
	const { buttons = [], sections = [] } = interactive?.action ?? {};
	return [...buttons.map(({ reply }) => reply), ...sections.flatMap(({ rows }) => rows)];
}
