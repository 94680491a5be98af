import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import type { PlacedEvent } from '../../events/placeInWebhook';
import type { Account } from '../../graph/account';
import type { GraphClient } from '../../graph/client';
import type { ClaimedBatch } from '../../store/inbox/inboxStore';
import type { Store } from '../../store/store';
import type { Clock } from '../../time/clock';
import { startHeartbeat } from '../../time/heartbeat';
import { Problem } from '../../values/problem';
import { reasonOf } from '../../values/unknown';
import { ContentProblem, decodeEvents } from '../deliveries/content';
import type { Parcel } from '../deliveries/parcel';
import type { TriggerOptions } from '../settings/triggerOptions';
import { CLAIM_LEASE_MS } from '../timeouts';
import type { KeepFile, StartTimeout } from './attachments';
import { exchangeWithMeta } from './exchangeWithMeta';
import { noItems, toItems } from './items';

/** How often an execution asks for its events while the state does not answer, and its pause. */
const CLAIM_ATTEMPTS = 5;
const CLAIM_PAUSE_MS = 2_000;

/** The events of an execution lie in a state that the credential no longer names. */
export class StateOffProblem extends Problem {
	override name = 'StateOffProblem';

	constructor() {
		super(
			'The events wait in the state, which has been switched off since they arrived',
			'To receive them, choose the state again under "Keep State In" of the credential. To leave them, unpublish the workflow and publish it again.',
		);
	}
}

/** An execution of the trigger, and access to the world. */
export interface Execution {
	executionId: string;
	options: TriggerOptions;
	account: Account;
	/** App secrets under which events may be encrypted that the account's does not decrypt. */
	otherSecrets: () => Promise<readonly string[]>;
	/** `null` if the state is off. */
	store: Pick<Store, 'inbox'> | null;
	openGraph: () => GraphClient;
	keepFile: KeepFile<IBinaryData>;
	startTimeout: StartTimeout;
	/** Calls back when the execution has ended: with success, an error, or cancelled. */
	onEnd: (handler: () => Promise<void>) => void;
	/** Called when the batch has an execution: this one, with so many events, or another one. */
	onClaim: (batchId: string, events: number) => void;
	clock: Pick<Clock, 'now' | 'sleep'>;
	log: (level: 'debug' | 'warn', message: string) => void;
}

/**
 * Makes an execution's items: claims its batch, fetches files and sends read receipts, then erases
 * what was stored.
 *
 * @returns no items if another execution has the batch
 * @throws StateProblem, StateOffProblem or ContentProblem
 */
export async function startExecution(
	parcel: Parcel,
	execution: Execution,
): Promise<INodeExecutionData[][]> {
	if ('contents' in parcel) return await makeItems(parcel.contents, null, execution);
	const { executionId, options, store, onClaim, clock, log } = execution;
	if (store === null) throw new StateOffProblem();
	const { batchId } = parcel;
	const { whenKilled, onePerContact } = options;
	const isKept = whenKilled !== null || onePerContact;
	const batch = await claim(batchId, isKept, { store, executionId, clock });
	onClaim(batchId, batch?.contents.length ?? 0);
	if (batch === null) {
		log('debug', 'another execution has claimed the events');
		return noItems(options.shape);
	}
	const delivered = whenKilled === null ? null : batch;
	const items = await makeItems(batch.contents, delivered, execution).catch(
		async (error: unknown) => {
			// No later execution can read it either.
			if (error instanceof ContentProblem) await complete(batchId, execution);
			throw error;
		},
	);
	if (isKept) keepClaim(batchId, execution);
	else if (!batch.isErased) await complete(batchId, execution);
	return items;
}

/**
 * Claims the batch, again if that fails: the claim may have been written although its answer was
 * lost, and a batch that nobody works on would be left when its lease ends.
 *
 * @throws StateProblem
 */
async function claim(
	batchId: string,
	isKept: boolean,
	{
		store,
		executionId,
		clock,
	}: Pick<Execution, 'executionId' | 'clock'> & { store: Pick<Store, 'inbox'> },
): Promise<ClaimedBatch | null> {
	return await insist(
		clock,
		async () =>
			await store.inbox.claim(batchId, executionId, CLAIM_LEASE_MS, clock.now(), { isKept }),
	);
}

/** Asks again if the state fails, a few times. */
async function insist<Answer>(
	clock: Pick<Clock, 'sleep'>,
	ask: () => Promise<Answer>,
): Promise<Answer> {
	for (let attempt = 1; attempt < CLAIM_ATTEMPTS; attempt++) {
		const answer = await ask().then(
			(value) => ({ value }),
			() => null,
		);
		if (answer !== null) return answer.value;
		await clock.sleep(CLAIM_PAUSE_MS);
	}
	return await ask();
}

async function makeItems(
	contents: readonly string[],
	batch: ClaimedBatch | null,
	{ options, account, otherSecrets, openGraph, keepFile, startTimeout, log }: Execution,
): Promise<INodeExecutionData[][]> {
	const events = await readEvents(contents, { account, otherSecrets });
	const exchange = await exchangeWithMeta(openGraph, events, options, keepFile, startTimeout);
	for (const each of exchange.problems) log('warn', each);
	const delivery = batch === null ? null : { attempt: batch.attempt };
	return toItems(events, exchange.files, options, account.appSecret, delivery);
}

/**
 * Reads the events. The secret may have been changed a moment ago, so that another process has
 * encrypted them under the new one, or this one still knows that of before.
 *
 * @throws ContentProblem if none of the secrets decrypts them
 */
async function readEvents(
	contents: readonly string[],
	{ account, otherSecrets }: Pick<Execution, 'account' | 'otherSecrets'>,
): Promise<PlacedEvent[]> {
	const events = decodeEvents(contents, account.appSecret);
	if (events !== null) return events;
	for (const appSecret of await otherSecrets()) {
		const found = decodeEvents(contents, appSecret);
		if (found !== null) return found;
	}
	throw new ContentProblem();
}

/** Erases the events. If that fails, the loop does it when the claim's lease has ended. */
async function complete(
	batchId: string,
	{ store, executionId, log }: Pick<Execution, 'store' | 'executionId' | 'log'>,
	repeat = async (erase: () => Promise<void>): Promise<void> => await erase(),
): Promise<void> {
	if (store === null) return;
	await repeat(async () => await store.inbox.complete(batchId, executionId)).catch(
		(error: unknown) => log('warn', `events are not erased yet: ${reasonOf(error)}`),
	);
}

/**
 * Keeps the claim until the execution has ended: if it is killed, another one may get the events,
 * and the contact's next execution waits for it.
 */
function keepClaim(batchId: string, execution: Execution): void {
	const { store, executionId, clock, log, onEnd } = execution;
	if (store === null) return;
	const heartbeat = startHeartbeat(
		clock,
		CLAIM_LEASE_MS / 3,
		async () => {
			const now = clock.now();
			const isHeld = await store.inbox.renewClaim(batchId, executionId, CLAIM_LEASE_MS, now);
			// It waits, and n8n keeps it.
			if (!isHeld) void heartbeat.stop();
		},
		(error) => log('warn', `the claim of the events cannot be renewed: ${reasonOf(error)}`),
	);
	onEnd(async () => {
		// The claim is renewed until its end is known: otherwise, what has ended would start again.
		await complete(batchId, execution, async (erase) => await insist(clock, erase));
		await heartbeat.stop();
	});
}
